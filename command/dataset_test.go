package command

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// datasetLines are bulletins of two portals about one meeting, of another one
// later, and of none.
const datasetLines = `{"id":"a","url":"http://a.example/1","site":"a","title":"Hội nghị giao ban quý III năm 2020","published":"2020-07-11","published_precision":"day","event_date":"2020-07-10","province":"tuyen-quang","province_now":"tuyen-quang","period":{"year":2020,"quarter":3,"basis":"stated"},"kind":"giao-ban","host":"mttq","organizations":["mttq","ctxh"],"body":"Mở đầu.\n\nHội nghị quán triệt Chỉ thị số 35-CT/TW, \"nhanh, gọn\". Hết.","cites":[{"key":"35-ct-tw","label":"35-CT/TW","type":"Chỉ thị","issuer":"TW","text":"Chỉ thị số 35-CT/TW","start":41,"end":66}]}
{"id":"b","url":"http://b.example/1","site":"b","title":"Giao ban quý III","published":"2020-07-10","published_precision":"day","event_date":"2020-07-10","province":"tuyen-quang","province_now":"tuyen-quang","period":{"year":2020,"quarter":3,"basis":"stated"},"kind":"giao-ban","host":"mttq","organizations":["mttq"],"body":"Thực hiện Chỉ thị 35-CT/TW ngày 30/5/2019.","cites":[{"key":"35-ct-tw~2019-05-30","label":"35-CT/TW","type":"Chỉ thị","issuer":"TW","date":"2019-05-30","text":"Chỉ thị 35-CT/TW ngày 30/5/2019","subject":"đại hội đảng bộ","start":14,"end":50}]}
{"id":"c","title":"=Tin khác","body":"Không có gì.","cites":[]}
`

// dataOf is a data folder that holds bulletins as they are.
func dataOf(t *testing.T, lines ...string) string {
	t.Helper()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "all.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", "--as-is", "--data", data, file); code != 0 {
		t.Fatal(errs)
	}
	return data
}

func exported(t *testing.T, data string, flags ...string) (dir, said string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "set")
	code, out, errs := bantin(t, append([]string{"export", "--data", data, "--format", "dataset", dir}, flags...)...)
	if code != 0 {
		t.Fatal(errs)
	}
	return dir, out
}

// sheetOf reads a table of a package by its columns.
func sheetOf(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, c := range rows[0] {
			m[c] = r[i]
		}
		out = append(out, m)
	}
	return out
}

// TestDataset: the tables hold what the archive does, each row once, and agree
// with each other.
func TestDataset(t *testing.T) {
	t.Setenv("BANTIN_LISTEN", "127.0.0.1:1") // which service to ask is no filter
	dir, said := exported(t, dataOf(t, datasetLines))
	if !strings.Contains(said, "urn:bantin:snapshot:") {
		t.Errorf("it says %q", said)
	}
	bulletins, citations := sheetOf(t, dir, "bulletins"), sheetOf(t, dir, "citations")
	if len(bulletins) != 3 || len(citations) != 2 {
		t.Fatalf("%d bulletins, %d citations", len(bulletins), len(citations))
	}
	for i, want := range []map[string]string{
		{"id": "a", "published": "2020-07-11", "period_year": "2020", "period_quarter": "3", "meeting": "tuyen-quang-mttq-giao-ban-2020-07-10", "organizations": "mttq;ctxh", "citations": "1", "version": "1"},
		{"id": "b", "meeting": "tuyen-quang-mttq-giao-ban-2020-07-10", "source": "b"},
		{"id": "c", "title": "=Tin khác", "meeting": "", "period_year": "", "published_date": "", "citations": "0"},
	} {
		for column, v := range want {
			if got := bulletins[i][column]; got != v {
				t.Errorf("bulletin %d: %s is %q, want %q", i, column, got, v)
			}
		}
	}
	for i, want := range []map[string]string{
		{"bulletin": "a", "key": "35-ct-tw~2019-05-30", "key_basis": "resolved", "key_printed": "35-ct-tw", "sentence": "Hội nghị quán triệt Chỉ thị số 35-CT/TW, \"nhanh, gọn\".", "event_date": "2020-07-10", "document_date": ""},
		{"bulletin": "b", "key": "35-ct-tw~2019-05-30", "key_basis": "stated", "cite_text": "Chỉ thị 35-CT/TW ngày 30/5/2019", "document_date": "2019-05-30"},
	} {
		for column, v := range want {
			if got := citations[i][column]; got != v {
				t.Errorf("citation %d: %s is %q, want %q", i, column, got, v)
			}
		}
		start, _ := strconv.Atoi(citations[i]["start"])
		end, _ := strconv.Atoi(citations[i]["end"])
		if body := bulletins[i]["body"]; body[start:end] != citations[i]["cite_text"] {
			t.Errorf("citation %d: %q stands at its place", i, body[start:end])
		}
	}
	if got := sheetOf(t, dir, "meetings"); len(got) != 1 || got[0]["bulletins"] != "2" || got[0]["period_basis"] != "stated" {
		t.Error("meetings", got)
	}
	if got := sheetOf(t, dir, "documents"); len(got) != 1 || got[0]["bulletins"] != "2" || got[0]["subject"] != "đại hội đảng bộ" || got[0]["date"] != "2019-05-30" {
		t.Error("documents", got)
	}
	if got := sheetOf(t, dir, "portals"); len(got) != 2 || got[0]["bulletins"] != "1" || got[0]["first"] != "2020-07-11" {
		t.Error("portals", got)
	}
}

// TestDatasetMeetings: worked out from the versions of a moment, the meetings are
// those that the archive itself resolves.
func TestDatasetMeetings(t *testing.T) {
	var lines []string
	for i := range 60 {
		host, day := []string{"mttq", "tinh-uy", ""}[i%3], "2020-0"+strconv.Itoa(1+i%4)+"-10"
		if i%7 == 0 {
			day = ""
		}
		lines = append(lines, `{"id":"m`+strconv.Itoa(i)+`","title":"Giao ban `+strconv.Itoa(i%12)+`","published":"2020-05-0`+strconv.Itoa(1+i%9)+`","published_precision":"day","event_date":"`+day+
			`","province":"tuyen-quang","period":{"year":2020,"quarter":`+strconv.Itoa(1+i%4)+`,"basis":"stated"},"kind":"`+[]string{"giao-ban", "so-ket"}[i/30]+`","host":"`+host+
			`","organizations":["mttq"],"body":"Hội nghị giao ban công tác mặt trận bàn về việc số `+strings.Repeat(strconv.Itoa(i%12)+" của đợt ", 12)+`."}`+"\n")
	}
	data := dataOf(t, lines...)
	dir, _ := exported(t, data)
	meetingOf, together := map[string]string{}, 0
	for _, b := range sheetOf(t, dir, "bulletins") {
		meetingOf[b["id"]] = b["meeting"]
	}
	for _, m := range sheetOf(t, dir, "meetings") {
		if m["bulletins"] != "1" {
			together++
		}
	}
	ar, err := archive.Open(t.Context(), filepath.Join(data, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	for c, err := range ar.Bulletins(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Meeting != meetingOf[c.ID] {
			t.Errorf("%s is of %q, for the archive of %q", c.ID, meetingOf[c.ID], c.Meeting)
		}
	}
	if together == 0 || together == len(meetingOf) {
		t.Errorf("%d meetings of several bulletins", together)
	}
}

// TestDatasetTwins: the Parquet files have the rows and columns of the CSV, and
// the descriptor tells of both.
func TestDatasetTwins(t *testing.T) {
	dir, _ := exported(t, dataOf(t, datasetLines))
	var about struct {
		Resources []struct {
			Name   string
			Schema struct {
				Fields []struct{ Name, Type, Description string }
			}
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err != nil || json.Unmarshal(text, &about) != nil {
		t.Fatal(err)
	}
	for _, r := range about.Resources {
		rows := sheetOf(t, dir, r.Name)
		file, err := os.Open(filepath.Join(dir, "data", r.Name+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		reader := parquet.NewReader(file)
		var columns []string
		for _, f := range reader.Schema().Fields() {
			columns = append(columns, f.Name())
		}
		var described []string
		for _, f := range r.Schema.Fields {
			described = append(described, f.Name)
			if f.Description == "" {
				t.Errorf("%s.%s is not explained", r.Name, f.Name)
			}
		}
		if !reflect.DeepEqual(columns, described) {
			t.Errorf("%s: columns %v are described as %v", r.Name, columns, described)
		}
		for i := range rows {
			row := map[string]any{}
			if err := reader.Read(&row); err != nil {
				t.Fatal(r.Name, err)
			}
			for _, c := range columns {
				got := ""
				switch v := row[c].(type) {
				case nil:
				case string:
					got = v
				case []byte:
					got = string(v)
				case bool:
					got = strconv.FormatBool(v)
				case int64:
					got = strconv.FormatInt(v, 10)
				default:
					t.Fatalf("%s.%s is a %T", r.Name, c, v)
				}
				if got != rows[i][c] {
					t.Errorf("%s %d: %s is %q as Parquet, %q as CSV", r.Name, i, c, got, rows[i][c])
				}
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// content reads all files of a package.
func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDatasetAgain: what the archive held at a moment is written to the same
// bytes whatever was stored since, also when what came later dates a document.
func TestDatasetAgain(t *testing.T) {
	data := dataOf(t, datasetLines)
	moment := time.Now().Format(time.RFC3339Nano)
	before, _ := exported(t, data, "--as-of", moment)
	later := filepath.Join(t.TempDir(), "later.jsonl")
	lines := strings.Replace(strings.Replace(datasetLines, "Giao ban quý III", "Giao ban quý ba", 1), "Không có gì", "Có rồi", 1) +
		`{"id":"d","title":"Tin","published":"2020-07-01","published_precision":"day","body":"Chỉ thị 35-CT/TW ngày 1/7/2020","cites":[{"key":"35-ct-tw~2020-07-01","label":"35-CT/TW","text":"Chỉ thị 35-CT/TW ngày 1/7/2020","start":0,"end":35}]}` + "\n"
	if err := os.WriteFile(later, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", "--as-is", "--data", data, later); code != 0 {
		t.Fatal(errs)
	}
	again, _ := exported(t, data, "--as-of", moment)
	if d := cmp.Diff(content(t, before), content(t, again)); d != "" {
		t.Errorf("not the same again: %s", d)
	}
	now, _ := exported(t, data)
	bulletins := sheetOf(t, now, "bulletins")
	if len(bulletins) != 4 || bulletins[1]["title"] != "Giao ban quý ba" || bulletins[1]["version"] != "2" || sheetOf(t, now, "citations")[0]["key"] != "35-ct-tw~2020-07-01" {
		t.Errorf("now there are %d, %v", len(bulletins), sheetOf(t, now, "citations")[0])
	}
}

// TestDatasetRefusals: nothing is overwritten, left half done or silently left
// out.
func TestDatasetRefusals(t *testing.T) {
	data, dir := dataOf(t, datasetLines), filepath.Join(t.TempDir(), "set")
	for _, tc := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--format", "dataset"}, 2, "name the folder"},
		{[]string{"--format", "dataset", dir, "-q", "giao ban"}, 2, "--query"},
		{[]string{"--format", "dataset", dir, "--province", "tuyen-quang"}, 2, "--province"},
		{[]string{"--format", "dataset", dir, "--as-of", "2020-13-01"}, 2, "2020-07-01"},
		{[]string{"--format", "dataset", dir, "--as-of", "2999-01-01"}, 2, "not over"},
		{[]string{"--format", "csv", dir}, 2, "only --format dataset"},
		{[]string{"--format", "csv", "--licence", "CC0-1.0"}, 2, "--licence"},
		{[]string{"--format", "dataset", data}, 1, "there already"},
		{[]string{"--format", "dataset", filepath.Join(dir, "deep")}, 1, "no such file"},
	} {
		code, _, errs := bantin(t, append([]string{"export", "--data", data}, tc.args...)...)
		if code != tc.code || !strings.Contains(errs, tc.says) {
			t.Errorf("%v: %d %s", tc.args, code, errs)
		}
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "*"))
	if err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}

// TestDatasetExample runs the Python and, where it is installed, the R of
// docs/dataset.md over a package, and the checksums through sha256sum.
func TestDatasetExample(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "docs", "dataset.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := exported(t, dataOf(t, datasetLines))
	empty, _ := exported(t, dataOf(t, datasetLines), "--as-of", "2001-01-01")
	for _, example := range []struct{ language, tool string }{{"python", "python3"}, {"r", "Rscript"}} {
		t.Run(example.language, func(t *testing.T) {
			needs(t, example.tool)
			_, rest, ok := strings.Cut(string(doc), "```"+example.language+"\n")
			text, _, whole := strings.Cut(rest, "```")
			if !ok || !whole {
				t.Fatal("docs/dataset.md has no example")
			}
			script := filepath.Join(t.TempDir(), "example")
			if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for dir, want := range map[string]string{
				dir:   "urn:bantin:snapshot:[0-9a-f]+ as of .*\n2020 1 35-CT/TW 35-ct-tw~2019-05-30\n",
				empty: "urn:bantin:snapshot:[0-9a-f]+ as of 2001-01-01.*\n",
			} {
				out, err := exec.CommandContext(t.Context(), example.tool, script, dir).CombinedOutput()
				if err != nil || !regexp.MustCompile("^"+want+"$").Match(out) {
					t.Errorf("%v\n%s", err, out)
				}
			}
		})
	}
	needs(t, "sha256sum")
	sums := exec.CommandContext(t.Context(), "sha256sum", "--check", "--strict", "SHA256SUMS")
	sums.Dir = dir
	if out, err := sums.CombinedOutput(); err != nil || strings.Count(string(out), ": OK") != 12 {
		t.Errorf("%v\n%s", err, out)
	}
}

// needs skips a test whose tool is absent, unless BANTIN_REQUIRE names it.
func needs(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	if strings.Contains(os.Getenv("BANTIN_REQUIRE"), tool) {
		t.Fatal(tool, "is required and absent")
	}
	t.Skip(tool, "is absent")
}
