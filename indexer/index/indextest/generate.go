package indextest

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bantin/bulletin"
)

// Generator makes any number of bulletins of about 2.5 KB for benchmarks: the
// prose of an encyclopedia mixed with that of the sample portals, and facts
// with the skew that real ones have. The same number always gives the same
// bulletin.
type Generator struct {
	titles    []string
	local     []string // sentences of the sample portals
	prose     []string // sentences of the corpus, or the same again
	provinces []bulletin.ProvinceInfo
	orgs      []bulletin.OrganizationInfo
}

// NewGenerator reads the sample portals of testdata/sites under root and,
// when it is not empty, a corpus of JSON lines {title, text}, gzipped.
func NewGenerator(root, corpus string) (*Generator, error) {
	g := &Generator{provinces: bulletin.Provinces(), orgs: bulletin.Organizations()}
	if err := g.readSamples(root); err != nil {
		return nil, err
	}
	g.prose = g.local
	if corpus != "" {
		if err := g.readCorpus(corpus); err != nil {
			return nil, fmt.Errorf("corpus %s: %w", corpus, err)
		}
	}
	return g, nil
}

func (g *Generator) readSamples(root string) error {
	files, err := filepath.Glob(filepath.Join(root, "testdata", "sites", "*", "want.json"))
	if err != nil || len(files) == 0 {
		return errors.Join(err, fmt.Errorf("no sample portals under %s", root))
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		var items []struct {
			Title string   `json:"title"`
			Body  []string `json:"body_has"`
		}
		if err := json.Unmarshal(data, &items); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		for _, i := range items {
			g.titles = append(g.titles, i.Title)
			g.local = append(g.local, i.Body...)
		}
	}
	return nil
}

func (g *Generator) readCorpus(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	g.prose = nil
	for lines := bufio.NewReader(z); ; {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var a struct{ Text string }
			if err := json.Unmarshal(line, &a); err != nil {
				return err
			}
			g.prose = append(g.prose, sentences(a.Text)...)
		}
		if err != nil {
			break
		}
	}
	if len(g.prose) == 0 {
		return errors.New("it has no sentences")
	}
	return nil
}

// sentences cuts an article roughly; short pieces and headings go.
func sentences(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		for s := range strings.SplitSeq(line, ". ") {
			if s = strings.TrimSpace(s); len(s) >= 60 && len(s) <= 600 && !strings.Contains(s, "==") {
				out = append(out, strings.TrimSuffix(s, ".")+".")
			}
		}
	}
	return out
}

// Bulletin makes bulletin number i.
func (g *Generator) Bulletin(i int) bulletin.Bulletin {
	r := random{rand.New(rand.NewPCG(uint64(i), 1))}
	p := g.provinces[skewed(r, len(g.provinces))]
	at := time.Date(2012, 1, 1, 7, r.IntN(600), r.IntN(60), 0, bulletin.Zone).AddDate(0, 0, r.IntN(14*365))
	b := bulletin.Bulletin{
		ID: bulletin.NewID("bench", fmt.Sprint(i)), Site: "cong-" + p.Slug, URL: fmt.Sprintf("https://%s.example/%d", p.Slug, i),
		Title: g.title(r, p), Body: g.body(r), Published: at, PublishedPrecision: bulletin.Minute,
		Province: p.Slug, ProvinceNow: cmp.Or(p.Now, p.Slug),
		Kind: []bulletin.Kind{bulletin.GiaoBan, bulletin.Khac, bulletin.SoKet, bulletin.TongKet, bulletin.PhienHop}[skewed(r, 5)],
	}
	b.Lead, _, _ = strings.Cut(b.Body, "\n\n")
	if r.IntN(10) < 6 {
		b.Period = bulletin.Period{Year: at.Year(), Quarter: (int(at.Month()) + 2) / 3, Basis: bulletin.Derived}
	}
	for range 1 + r.IntN(4) {
		b.Organizations = append(b.Organizations, g.orgs[skewed(r, len(g.orgs))].ID)
	}
	for range max(0, r.IntN(5)-2) {
		b.Cites = append(b.Cites, citation(r, p))
	}
	return b
}

// Change is bulletin number i as the change feed gives it; one in thirty
// belongs to the group of an earlier one. Briefing meetings of one day in one
// province are one.
func (g *Generator) Change(i int) bulletin.Change {
	b := g.Bulletin(i)
	c := bulletin.Change{Seq: int64(i + 1), ID: b.ID, Bulletin: &b, Group: b.ID}
	if i%30 == 29 {
		c.Group = bulletin.NewID("bench", fmt.Sprint(i-7))
	}
	if b.Kind == bulletin.GiaoBan {
		c.Meeting = b.Province + "-mttq-giao-ban-" + b.Published.In(bulletin.Zone).Format(time.DateOnly)
	}
	return c
}

// skewed favours small numbers.
func skewed(r random, n int) int {
	x := r.Float64()
	return int(x * x * float64(n))
}

func (g *Generator) title(r random, p bulletin.ProvinceInfo) string {
	if r.IntN(2) == 0 {
		return r.pick(g.titles) + " tỉnh " + p.Name
	}
	words := strings.Fields(r.pick(g.prose))
	return strings.Join(words[:min(len(words), 6+r.IntN(10))], " ")
}

func (g *Generator) body(r random) string {
	var b strings.Builder
	for size, n := 1500+r.IntN(2000), 0; b.Len() < size; n++ {
		switch {
		case n > 0 && n%4 == 0:
			b.WriteString("\n\n")
		case n > 0:
			b.WriteByte(' ')
		}
		if r.IntN(3) == 0 {
			b.WriteString(r.pick(g.local))
		} else {
			b.WriteString(r.pick(g.prose))
		}
	}
	return b.String()
}

func citation(r random, p bulletin.ProvinceInfo) bulletin.Citation {
	n := 1 + skewed(r, 2000)
	switch r.IntN(3) {
	case 0:
		label := fmt.Sprintf("%d-CT/TW", n)
		return bulletin.Citation{Key: fmt.Sprintf("%d-ct-tw", n), Label: label, Type: "Chỉ thị", Issuer: "TW", Text: label}
	case 1:
		label := fmt.Sprintf("%d-NQ/TU", n%300)
		return bulletin.Citation{Key: fmt.Sprintf("%d-nq-tu@%s", n%300, p.Slug), Label: label, Type: "Nghị quyết", Issuer: "TU", Province: p.Slug, Text: label}
	}
	label := fmt.Sprintf("%d/2020/NĐ-CP", n%180)
	return bulletin.Citation{Key: fmt.Sprintf("%d-2020-nd-cp", n%180), Label: label, Type: "Nghị định", Issuer: "CP", Text: label}
}
