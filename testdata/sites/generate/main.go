// Command generate writes the sample portals: saved pages in the shapes of ten
// CMS families, the profile that reads each, and want.json with what must be
// read out of them. Every meeting, figure and name in them is invented.
//
// Run it from the root of the module: go run ./testdata/sites/generate
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	total := 0
	for i, p := range portals {
		p.index = i
		n, err := write(p)
		if err != nil {
			slog.Error("writing sample portal", "portal", p.dir, "error", err)
			os.Exit(1)
		}
		total += n
	}
	slog.Info("sample portals written", "portals", len(portals), "bulletins", total)
}

// want is what must be read out of one article.
type want struct {
	Address       string   `json:"address"`
	Title         string   `json:"title"`
	Published     string   `json:"published"` // to the minute
	Author        string   `json:"author"`
	EventDate     string   `json:"event_date"`
	Province      string   `json:"province"`
	ProvinceNow   string   `json:"province_now"`
	Period        *period  `json:"period"`
	Kind          string   `json:"kind"`
	Host          string   `json:"host,omitempty"`
	Organizations []string `json:"organizations"` // at least these
	Cites         []string `json:"cites"`         // exactly these, in order
	BodyHas       []string `json:"body_has"`
	BodyLacks     []string `json:"body_lacks"`
}

func write(p *portal) (int, error) {
	dir := filepath.Join("testdata", "sites", p.dir)
	if err := os.RemoveAll(dir); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	events := p.writer().events()
	var routes strings.Builder
	address := map[string]string{}
	for _, pg := range p.render(p, events) {
		fmt.Fprintf(&routes, "%s\t%d\t%s\t%s\n", pg.key, max(pg.status, 200), pg.ctype, pg.file+pg.moved)
		if pg.file == "" {
			continue
		}
		address[pg.file] = strings.TrimPrefix(pg.key, "GET ")
		if err := os.WriteFile(filepath.Join(dir, pg.file), []byte(pg.body), 0o644); err != nil {
			return 0, err
		}
	}
	wants := make([]want, len(events))
	for i, e := range events {
		last := e.paras[len(e.paras)-1]
		wants[i] = want{
			Address: address[fmt.Sprintf("article-%d.html", e.id)], Title: e.title, Published: e.published.Format("2006-01-02T15:04"), Author: e.byline,
			EventDate: e.day.Format("2006-01-02"), Province: e.province, ProvinceNow: e.now, Period: e.period, Kind: e.kind, Host: e.host,
			Organizations: e.orgs, Cites: append([]string{}, e.cites...),
			BodyHas:   []string{e.lead[len(e.lead)/2+firstSpace(e.lead[len(e.lead)/2:]):], last[firstSpace(last)+1:]},
			BodyLacks: []string{"Cỡ chữ", "Bản in", "Lượt xem", "Tổng số:", "Xem tin theo ngày", "Tin liên quan", "Đánh giá bài viết", "Những tin", "hư cấu", "Description:"},
		}
	}
	data, err := json.MarshalIndent(wants, "", " ")
	if err != nil {
		return 0, err
	}
	if err := os.WriteFile(filepath.Join(dir, "want.json"), append(data, '\n'), 0o644); err != nil {
		return 0, err
	}
	profile := fmt.Sprintf("id: %s\nname: %s\nprovince: %s\nfamily: %s\nsample: true\nlistings:\n  - http://%s.localhost%s\n%s", "mau-"+p.slug, p.name, p.slug, p.family, p.dir, p.listing, p.yaml)
	if err := os.WriteFile(filepath.Join(dir, "profile.yaml"), []byte(profile), 0o644); err != nil {
		return 0, err
	}
	return len(events), os.WriteFile(filepath.Join(dir, "routes.tsv"), []byte(routes.String()), 0o644)
}

func firstSpace(s string) int { return max(strings.IndexByte(s, ' '), 0) }
