package answer

import "testing"

func TestKeyLabels(t *testing.T) {
	for key, want := range map[string]string{
		"99-nq-tw": "99-NQ/TW", "30-2020-nd-cp~2020-03-05": "30/2020/NĐ-CP", "73-nq-tu@tuyen-quang": "73-NQ/TU", "212-qd-tw": "212-QĐ/TW", "nghi-quyet-la": "NGHI-QUYET-LA",
	} {
		if got := keyLabel(key); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
}
