package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"bantin/searchd/web"
	"bantin/searchd/web/admin"

	"github.com/spf13/cobra"
)

// questionsCommand tells what visitors looked for in vain. Only the service
// that they asked knows: it keeps that in memory alone.
func (a *app) questionsCommand() *cobra.Command {
	var metrics string
	var asJSON bool
	c := &cobra.Command{
		Use: "questions", Short: "List what visitors looked for in vain since the service was started", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if metrics == "" {
				return usageError{errors.New("--metrics is missing: the address that bantin up or serve was given as --metrics")}
			}
			all, err := askQuestions(cmd.Context(), metrics)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(a.stdout).Encode(all)
			}
			for _, q := range all {
				site := q.Site
				if site == "" {
					site = "this service"
				}
				fmt.Fprintf(a.stdout, "%s\n", site)
				for _, one := range q.Asked {
					fmt.Fprintf(a.stdout, "%6d  %s\n", one.Count, one.Text)
				}
				fmt.Fprintf(a.stdout, "        %d more were asked by too few people to be shown\n", q.Hidden)
			}
			return nil
		},
	}
	c.Flags().StringVar(&metrics, "metrics", "", "address of the service's metrics, such as 127.0.0.1:9090")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

func askQuestions(ctx context.Context, address string) ([]admin.Questions, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+web.Unanswered, nil)
	if err != nil {
		return nil, usageError{fmt.Errorf("--metrics %q: write host:port", address)}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: does the service run with --metrics %s?", err, address)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s: it is not the address of the metrics", address, resp.Status)
	}
	return readQuestions(resp.Body)
}

// readQuestions reads the service's report.
func readQuestions(r io.Reader) ([]admin.Questions, error) {
	var report struct {
		Sites []struct {
			ID         string
			Hidden     int
			Unanswered []struct {
				Query string
				Count int
			}
		}
	}
	if err := json.NewDecoder(r).Decode(&report); err != nil {
		return nil, fmt.Errorf("unanswered questions: %w", err)
	}
	out := []admin.Questions{}
	for _, s := range report.Sites {
		q := admin.Questions{Site: s.ID, Hidden: s.Hidden, Asked: []admin.Question{}}
		for _, one := range s.Unanswered {
			q.Asked = append(q.Asked, admin.Question{Text: one.Query, Count: one.Count})
		}
		out = append(out, q)
	}
	return out, nil
}
