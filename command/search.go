package command

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
)

func (a *app) searchCommand() *cobra.Command {
	var f filters
	var size int
	var sort, after string
	var asJSON bool
	c := &cobra.Command{
		Use: "search QUERY", Short: "Search in the terminal, with the same query language as the pages",
		Long: "Search with the same query language and the same answers as the service. Words are\n" +
			"required; \"…\" is a phrase, -word excludes. Put -- before a query that begins with a minus.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			v := f.values()
			set(v, "q", strings.Join(args, " "))
			set(v, "sort", sort)
			set(v, "after", after)
			v.Set("size", strconv.Itoa(size))
			var body strings.Builder
			if err := a.ask(cmd.Context(), "/api/v1/search", v, &body); err != nil {
				return err
			}
			if asJSON {
				_, err := io.WriteString(a.stdout, escaped(body.String()))
				return err
			}
			return a.printHits(body.String())
		},
	}
	f.flags(c)
	c.Flags().IntVar(&size, "size", 10, "hits to print")
	c.Flags().StringVar(&sort, "sort", "", "relevance, newest or oldest")
	c.Flags().StringVar(&after, "after", "", "where the page before ended")
	c.Flags().BoolVar(&asJSON, "json", false, "print the JSON of /api/v1/search")
	c.Flags().StringVar(&a.listen, "listen", "127.0.0.1:8080", "service to ask when one has the index open")
	return c
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain puts a space for every character that a terminal could obey: control
// characters, and those that turn the direction of writing.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Bidi_Control) {
			return ' '
		}
		return r
	}, s)
}

// escaped writes such characters of a JSON text as escapes; its own line ends
// stay.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Bidi_Control) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// printHits shows the JSON of a search to a person.
func (a *app) printHits(body string) error {
	var r struct {
		Query struct {
			Relaxed   bool
			Lacking   bool
			Corrected *string
		}
		Total int
		Hits  []struct {
			URL, Title  string
			SnippetHTML string `json:"snippet_html"`
			Published   string
			Province    *struct{ Label string }
			Period      *struct{ Year, Quarter int }
			Duplicates  int
			Missing     []string
		}
		Next *string
	}
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, quantity(r.Total, "bulletin"))
	if r.Query.Relaxed {
		fmt.Fprintln(a.stdout, "nothing has all of it as typed: these are near")
	}
	if r.Query.Lacking {
		fmt.Fprintln(a.stdout, "these have all of the words; the list goes on with those that have some of them")
	}
	if r.Query.Corrected != nil && *r.Query.Corrected != "" {
		fmt.Fprintf(a.stdout, "did you mean: %s\n", plain(*r.Query.Corrected))
	}
	for i, h := range r.Hits {
		h.Title, h.URL = plain(h.Title), plain(h.URL)
		facts := []string{}
		if len(h.Published) >= len("2006-01-02") {
			facts = append(facts, h.Published[:len("2006-01-02")])
		}
		if h.Province != nil {
			facts = append(facts, plain(h.Province.Label))
		}
		if h.Period != nil {
			facts = append(facts, fmt.Sprintf("%d-Q%d", h.Period.Year, h.Period.Quarter))
		}
		if h.Duplicates > 0 {
			facts = append(facts, fmt.Sprintf("+%d near-duplicates", h.Duplicates))
		}
		if len(h.Missing) > 0 {
			facts = append(facts, "without "+strings.Join(h.Missing, ", "))
		}
		fmt.Fprintf(a.stdout, "\n%d. %s\n   %s\n", i+1, h.Title, strings.Join(facts, " · "))
		if s := plain(html.UnescapeString(tag.ReplaceAllString(h.SnippetHTML, ""))); s != "" {
			fmt.Fprintf(a.stdout, "   %s\n", s)
		}
		fmt.Fprintf(a.stdout, "   %s\n", h.URL)
	}
	if r.Next != nil && *r.Next != "" {
		fmt.Fprintf(a.stdout, "\nmore: --after %s\n", *r.Next)
	}
	return nil
}
