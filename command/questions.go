package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"bantin/searchd/ask"
	"bantin/searchd/web"
	"bantin/searchd/web/admin"
	question "bantin/searchd/web/answer"

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
	var report bytes.Buffer
	if err := ask.Service(ctx, address, web.Unanswered, &report); err != nil {
		return nil, fmt.Errorf("--metrics %s: %w: does bantin up or serve run with this --metrics?", address, err)
	}
	return readQuestions(&report)
}

// readQuestions reads the service's report.
func readQuestions(r io.Reader) ([]admin.Questions, error) {
	var report question.VainReport
	if err := json.NewDecoder(r).Decode(&report); err != nil {
		return nil, fmt.Errorf("unanswered questions: %w", err)
	}
	return question.Each(report.Sites, func(s question.SiteReport) admin.Questions {
		asked := question.Each(s.Unanswered, func(q question.QueryCount) admin.Question { return admin.Question{Text: q.Query, Count: q.Count} })
		return admin.Questions{Site: s.ID, Hidden: s.Hidden, Asked: asked}
	}), nil
}
