package command

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"bantin/indexer/index/bleveindex"
)

// TestSuggestions keeps what prefixes are completed to over the sample
// bulletins, and which bulletins are like a given one.
func TestSuggestions(t *testing.T) {
	ix := openCorpus(t, judgedDir, bleveindex.Options{})
	var out strings.Builder
	for _, typed := range []string{
		"n", "ng", "nghi q", "nghị q", "nghi quyet tr", "73", "73-nq", "35-ct", "chi thi 35", "30/2020", "luat mat", "mat", "mặt tr", "mttq", "ubnd",
		"hoi", "hội nông", "hoi lien hiep", "ban d", "tuyen", "Tuyên Q", "lao c", "thua thien", "quang", "giao ban", "xoa nha", "đối thoại", "ocop", "covid", "zzz",
	} {
		found, err := ix.Suggest(t.Context(), typed, 5)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "\n%s\n", typed)
		for _, s := range found {
			fmt.Fprintf(&out, "  %-8s %3d %s\n", s.Kind, s.Count, s.Text)
		}
	}
	for _, id := range []string{"tuyen-quang-2011", "lao-cai-9455", "hung-yen-8307", "yen-bai-3159", "bac-giang-6270", "quang-tri-5529", "dong-thap-4085"} {
		d, err := ix.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		hits, err := ix.Similar(t.Context(), id, 4)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "\nlike %s %s\n", id, d.Title)
		for _, h := range hits {
			fmt.Fprintf(&out, "  %-20s %s\n", h.ID, h.Title)
		}
	}
	golden(t, filepath.Join(judgedDir, "suggestions.txt"), []byte(out.String()))
}
