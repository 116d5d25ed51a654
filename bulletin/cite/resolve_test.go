package cite

import (
	"slices"
	"testing"
	"time"

	"bantin/bulletin"
)

func TestResolve(t *testing.T) {
	known := []string{
		"35-ct-tw~2019-05-30", "35-ct-tw", "35-ct-tw~2024-06-14", "35-ct-tw~khoa-xii", "73-nq-tu@tuyen-quang~2018-01-02",
		"73-nq-tu@lao-cai~2018-03-04", "luat-dat-dai~2013", "luat-dat-dai~2024", "40-ct-tw~2014", "40-ct-tw~2014-11-22",
	}
	for _, c := range []struct{ key, published, want string }{
		{"35-ct-tw", "2020-07-13", "35-ct-tw~2019-05-30"},
		{"35-ct-tw", "2024-06-13", "35-ct-tw~2019-05-30"},
		{"35-ct-tw", "2024-06-14", "35-ct-tw~2024-06-14"},
		{"35-ct-tw", "2019-01-01", "35-ct-tw"},
		{"35-ct-tw", "", "35-ct-tw"},
		{"35-ct-tw~2019", "2025-01-01", "35-ct-tw~2019-05-30"},
		{"35-ct-tw~2021", "2025-01-01", "35-ct-tw~2021"},
		{"35-ct-tw~khoa-xii", "2025-01-01", "35-ct-tw~2019-05-30"},
		{"35-ct-tw~khoa-xiii", "2025-01-01", "35-ct-tw~2024-06-14"},
		{"35-ct-tw~khoa-xi", "2025-01-01", "35-ct-tw~khoa-xi"},
		{"35-ct-tw~2019-05-30", "2025-01-01", "35-ct-tw~2019-05-30"},
		{"73-nq-tu@tuyen-quang", "2020-01-01", "73-nq-tu@tuyen-quang~2018-01-02"},
		{"73-nq-tu@ha-giang", "2020-01-01", "73-nq-tu@ha-giang"},
		{"73-nq-tu", "2020-01-01", "73-nq-tu"},
		{"luat-dat-dai", "2020-01-01", "luat-dat-dai~2013"},
		{"luat-dat-dai", "2024-12-01", "luat-dat-dai~2013"},
		{"luat-dat-dai", "2025-01-01", "luat-dat-dai~2024"},
		{"40-ct-tw", "2016-01-01", "40-ct-tw~2014-11-22"},
		{"5-ct-tw", "2020-01-01", "5-ct-tw"},
		{"", "2020-01-01", ""},
	} {
		published, _ := time.ParseInLocation(time.DateOnly, c.published, bulletin.Zone)
		backwards := slices.Clone(known)
		slices.Reverse(backwards)
		for _, keys := range [][]string{known, backwards} {
			if got := Resolve(bulletin.Citation{Key: c.key}, published, keys).Key; got != c.want {
				t.Errorf("%s on %s: got %s, want %s", c.key, c.published, got, c.want)
			}
		}
	}
}

func TestKeyParts(t *testing.T) {
	for key, want := range map[string]struct {
		stem  string
		dated bool
	}{
		"35-ct-tw~2019-05-30":  {"35-ct-tw", true},
		"73-nq-tu@tuyen-quang": {"73-nq-tu@tuyen-quang", false},
		"217-qd-tw~khoa-xi":    {"217-qd-tw", false},
		"luat-dat-dai~2024":    {"luat-dat-dai", false},
		"":                     {"", false},
	} {
		if bulletin.StemOf(key) != want.stem || (bulletin.Citation{Key: key}).Stem() != want.stem || bulletin.Dated(key) != want.dated {
			t.Errorf("%s: got %s %v", key, bulletin.StemOf(key), bulletin.Dated(key))
		}
	}
}

// TestResolveDateBefore: a number that was given out again is told from the
// known one by the day printed before it, whatever the archive holds.
func TestResolveDateBefore(t *testing.T) {
	published := time.Date(2025, 1, 10, 0, 0, 0, 0, bulletin.Zone)
	known := []string{"35-ct-tw~2024-06-14"}
	for _, c := range []struct{ text, want string }{
		{"Ngày 30/5/2019, Bộ Chính trị ban hành Chỉ thị số 35-CT/TW về đại hội đảng bộ các cấp.", "35-ct-tw~2019-05-30"},
		{"Chỉ thị số 35-CT/TW được Bộ Chính trị ban hành ngày 30/5/2019.", "35-ct-tw~2019-05-30"},
		{"Chỉ thị số 35-CT/TW (khóa XII) của Bộ Chính trị.", "35-ct-tw~khoa-xii"},
		{"Chỉ thị số 35-CT/TW của Bộ Chính trị.", "35-ct-tw~2024-06-14"},
	} {
		cites := Read("", c.text, Context{Published: published})
		if len(cites) != 1 {
			t.Fatalf("%q: %+v", c.text, cites)
		}
		if got := Resolve(cites[0], published, known).Key; got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}
