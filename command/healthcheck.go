package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) healthcheckCommand() *cobra.Command {
	var cluster, stored bool
	c := &cobra.Command{
		Use: "healthcheck", Short: "Ask the service on this machine whether it is well", Args: cobra.NoArgs,
		Long: "Ask the service on this machine whether it is well, within four seconds. Processes that\n" +
			"serve nothing are asked for what they work on: --cluster for an indexer, --archive for a\n" +
			"crawler. bantin doctor says more.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 4*time.Second)
			defer cancel()
			d := &doctor{app: a, now: time.Now}
			switch {
			case cluster && !a.engine.shared():
				return usageError{errors.New("--cluster is for --engine opensearch")}
			case cluster:
				return firstWrong(d.cluster(ctx))
			case stored:
				return firstWrong(d.archived(ctx))
			}
			host, port, err := net.SplitHostPort(a.listen)
			if err != nil {
				return usageError{fmt.Errorf("--listen %q: write host:port", a.listen)}
			}
			if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
				host = "127.0.0.1"
			}
			return alive(ctx, net.JoinHostPort(host, port))
		},
	}
	c.Flags().BoolVar(&cluster, "cluster", false, "look at the cluster and its index instead of a service")
	c.Flags().BoolVar(&stored, "archive", false, "look at the archive instead of a service")
	c.Flags().StringVar(&a.listen, "listen", "127.0.0.1:8080", "address that the service listens on")
	return c
}

// alive asks the service at host:port whether it is.
func alive(ctx context.Context, at string) error {
	address := "http://" + at + "/healthz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, resp.Status)
	}
	return nil
}

// firstWrong is the first finding of something wrong.
func firstWrong(all []finding) error {
	for _, f := range all {
		if f.Verdict == "wrong" {
			return fmt.Errorf("%s: %s; %s", f.Part, f.Says, f.Do)
		}
	}
	return nil
}
