package bulletin

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestJSONRoundTrip(t *testing.T) {
	want := Bulletin{
		ID: "a", URL: "http://h/1", Title: "Giao ban", Body: "…",
		Published: time.Date(2020, 9, 25, 13, 35, 49, 0, Zone), PublishedPrecision: Second,
		Period: Period{2020, 3, Stated}, Kind: GiaoBan,
		Organizations: []string{"mttq"}, Cites: []Citation{}, Attachments: []Attachment{},
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Bulletin
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAbsentFactsAreNull(t *testing.T) {
	data, err := json.Marshal(Bulletin{Title: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{`"published":null`, `"period":null`, `"kind":null`, `"cites":[]`} {
		if !strings.Contains(string(data), member) {
			t.Errorf("%s lacks %s", data, member)
		}
	}
}
