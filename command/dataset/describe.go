package dataset

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
)

// The descriptor follows Data Package 1.0 (specs.frictionlessdata.io). What it
// does not know stands in members of our own: as_of, and the Parquet twins,
// which not every reader of packages opens.
type descriptor struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	AsOf        string     `json:"as_of"`
	Licenses    []licence  `json:"licenses"`
	Resources   []resource `json:"resources"`
	Parquet     []twin     `json:"parquet"`
}

type licence struct {
	Name string `json:"name"`
}

type resource struct {
	Profile   string `json:"profile"`
	Name      string `json:"name"`
	Path      string `json:"path"`
	Title     string `json:"title"`
	Format    string `json:"format"`
	Mediatype string `json:"mediatype"`
	Encoding  string `json:"encoding"`
	Bytes     int64  `json:"bytes"`
	Hash      string `json:"hash"`
	Schema    schema `json:"schema"`
}

type twin struct {
	Resource string `json:"resource"`
	Path     string `json:"path"`
	Bytes    int64  `json:"bytes"`
	Hash     string `json:"hash"`
}

type schema struct {
	Fields        []field      `json:"fields"`
	PrimaryKey    []string     `json:"primaryKey"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	MissingValues []string     `json:"missingValues"`
}

type field struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Description string      `json:"description"`
	Constraints constraints `json:"constraints,omitzero"`
}

type constraints struct {
	Required bool `json:"required,omitempty"`
}

type foreignKey struct {
	Fields    string    `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string `json:"resource"`
	Fields   string `json:"fields"`
}

// describe writes what tells of the tables and returns the snapshot's id.
func describe(dir string, files []*file, cfg Config) (string, error) {
	id := snapshotID(files)
	asOf := cfg.AsOf.In(bulletin.Zone).Format("2006-01-02T15:04:05.000Z07:00")
	d := descriptor{
		Profile: "tabular-data-package", Name: "bantin", ID: id, Title: "Bulletins of Vietnam's provinces", AsOf: asOf, Version: asOf[:len(time.DateOnly)],
		Description: "What an archive of Bantin held at the moment as_of. CODEBOOK.md tells what every column means and how sure it is.",
		Licenses:    []licence{{cfg.Licence}},
	}
	for i, t := range tables {
		csv, parquet := files[2*i], files[2*i+1]
		d.Resources = append(d.Resources, resource{
			Profile: "tabular-data-resource", Name: t.name, Path: csv.path, Title: t.about, Format: "csv", Mediatype: "text/csv", Encoding: "utf-8",
			Bytes: csv.bytes, Hash: "sha256:" + csv.sha256, Schema: t.schema(),
		})
		d.Parquet = append(d.Parquet, twin{t.name, parquet.path, parquet.bytes, "sha256:" + parquet.sha256})
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return "", err
	}
	codebook := codebook(id, asOf, cfg)
	var sums []string
	for _, f := range files {
		sums = append(sums, f.sha256+"  "+f.path)
	}
	for name, content := range map[string]string{"datapackage.json": string(text) + "\n", "CODEBOOK.md": codebook} {
		sum := sha256.Sum256([]byte(content))
		sums = append(sums, hex.EncodeToString(sum[:])+"  "+name)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil { //nolint:gosec // to be read by others
			return "", err
		}
	}
	slices.SortFunc(sums, func(a, b string) int { return cmp.Compare(a[2*sha256.Size:], b[2*sha256.Size:]) })
	return id, os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(strings.Join(sums, "\n")+"\n"), 0o644) //nolint:gosec // to be read by others
}

// snapshotID names the content of the tables but that of portals, which tells of
// today: the same bulletins have the same id.
func snapshotID(files []*file) string {
	sum := sha256.New()
	for i, t := range tables {
		if t.name != "portals" {
			fmt.Fprintf(sum, "%s %s\n", t.name, files[2*i].sha256)
		}
	}
	return "urn:bantin:snapshot:" + hex.EncodeToString(sum.Sum(nil)[:16])
}

func (t table) schema() schema {
	s := schema{PrimaryKey: t.key, MissingValues: []string{""}}
	for _, c := range t.columns() {
		s.Fields = append(s.Fields, field{c.name, c.kind, c.about, constraints{Required: !c.optional}})
	}
	for _, column := range slices.Sorted(maps.Keys(t.foreign)) {
		table, of, _ := strings.Cut(t.foreign[column], ".")
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{column, reference{table, of}})
	}
	return s
}

// codebook tells what every column means.
func codebook(id, asOf string, cfg Config) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Codebook

Snapshot %s: what the archive held at %s, written by Bantin %s.

Terms of the compilation: %s. The texts are those of the portals that published them; each row names its address.

Tables are in data/, as CSV (UTF-8, commas, one head line, quoted line breaks) and as Parquet (zstd) with the same rows and columns. An empty cell means that nothing is known: no fact is filled in. What is not printed but follows from something else says so, in period_basis and key_basis. Bulletins that were withdrawn from the archive are in no snapshot, whatever its day. The table of portals has names and addresses of the day of the export; all else is of the day of the snapshot.
`, id, asOf, cmp.Or(cfg.Version, "of an unknown version"), cfg.Licence)
	for _, t := range tables {
		fmt.Fprintf(&b, "\n## %s\n\n%s. Key: %s.\n\n| column | type | meaning |\n|---|---|---|\n", t.name, strings.ToUpper(t.about[:1])+t.about[1:], strings.Join(t.key, ", "))
		for _, c := range t.columns() {
			about := c.about
			if to := t.foreign[c.name]; to != "" {
				about += " (→ " + to + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", c.name, c.kind, about)
		}
	}
	return b.String()
}
