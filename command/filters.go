package command

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/spf13/cobra"
)

// filters are the search's parameters as flags.
type filters struct {
	many   map[string]*[]string
	period stretch
}

func (f *filters) values() url.Values {
	v := url.Values{}
	for name, values := range f.many {
		for _, value := range *values {
			v.Add(strings.ReplaceAll(name, "-", "_"), value)
		}
	}
	set(v, "from", f.period.from)
	set(v, "to", f.period.to)
	return v
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func (f *filters) flags(c *cobra.Command) {
	f.many = map[string]*[]string{}
	for _, facet := range index.Facets {
		name := strings.ReplaceAll(string(facet.Field), "_", "-")
		f.many[name] = c.Flags().StringSlice(name, nil, facet.About+", such as "+facet.Example+"; repeat for several")
	}
	f.period.flags(c)
}

// stretch is a span of publication dates given as flags.
type stretch struct{ from, to string }

func (s *stretch) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.from, "from", "", "published on or after this day (2020-07-01)")
	c.Flags().StringVar(&s.to, "to", "", "published on or before this day")
}

func readDay(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, bulletin.Zone)
	if err != nil {
		return t, usageError{fmt.Errorf("--%s %q: write a day as 2020-07-01", flag, s)}
	}
	return t, nil
}
