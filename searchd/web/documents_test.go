package web

import (
	"encoding/json"
	"html"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/searchd/web/api"

	"github.com/google/go-cmp/cmp"
)

func document(t *testing.T, s *service, address string) api.DocumentPageJSON {
	t.Helper()
	w := s.get(t, "/api/v1/documents/"+address)
	var got api.DocumentPageJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(address, w.Code, err, w.Body)
	}
	return got
}

// TestDocumentSentences: the pages of a document, taken together, have every
// sentence that cites it, as the table has; each where its bytes say.
func TestDocumentSentences(t *testing.T) {
	all := testBulletins()
	title := testBulletin(places[1], 2025, 1) // cites it in the title and twice in one sentence
	title.Title, title.Body = "Quán triệt Chỉ thị số 35-CT/TW ngày 30/5/2019", "Mở đầu. Chỉ thị số 35-CT/TW ngày 30/5/2019 và kế hoạch thực hiện 35-CT/TW. Kết thúc."
	one := bulletin.Citation{Key: "35-ct-tw~2019-05-30", Label: "35-CT/TW", Type: "Chỉ thị", Issuer: "TW", Date: "2019-05-30"}
	inTitle := citing(title.Title, "Chỉ thị số 35-CT/TW ngày 30/5/2019", one)
	inTitle.Field = "title"
	second := one
	second.Text, second.Start = "35-CT/TW", strings.LastIndex(title.Body, "35-CT/TW")
	second.End = second.Start + len(second.Text)
	title.Cites = []bulletin.Citation{citing(title.Body, "Chỉ thị số 35-CT/TW ngày 30/5/2019", one), second, inTitle}
	s := newService(t, Config{}, append(all, title)...)
	for key, want := range map[string]int{"35-ct-tw~2019-05-30": 43, "35-ct-tw~2024-06-14": 8, "35-ct-tw": 51, "73-nq-tu@quang-tri": 12, "73-nq-tu": 48} {
		table := rows(t, s, "/citations.csv?cites="+key)
		if len(table) != want {
			t.Errorf("%s: %d citations, want %d", key, len(table), want)
		}
		var paged []string
		for next := ""; ; {
			got := document(t, s, key+"?size=7&after="+next)
			for _, m := range got.Mentions {
				paged = append(paged, strings.Join([]string{m.ID, m.Key, m.CiteText, m.Sentence, m.Field, strconv.Itoa(m.Start), strconv.Itoa(m.End)}, "|"))
				if !strings.Contains(m.Sentence, m.CiteText) || m.EventDate == nil {
					t.Errorf("%s: %q is not in %q", key, m.CiteText, m.Sentence)
				}
			}
			if got.Next == nil {
				break
			}
			next = *got.Next
		}
		var tabled []string
		for _, r := range table {
			tabled = append(tabled, strings.Join([]string{r[12], r[0], r[7], r[8], r[9], r[10], r[11]}, "|"))
		}
		if d := cmp.Diff(tabled, paged); d != "" {
			t.Errorf("%s: pages and table differ: %s", key, d)
		}
	}
	page := html.UnescapeString(s.get(t, "/documents/35-ct-tw~2019-05-30?lang=vi").Body.String())
	for _, want := range []string{"<mark>Chỉ thị số 35-CT/TW ngày 30/5/2019</mark> và kế hoạch thực hiện <mark>35-CT/TW</mark>.", "Quán triệt <mark>", "/citations.csv?cites=35-ct-tw~2019-05-30", "Thường được viện dẫn cùng"} {
		if !strings.Contains(page, strings.ReplaceAll(want, "~", "%7E")) && !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Count(page, "kế hoạch thực hiện") != 1 {
		t.Error("a sentence with two mentions is quoted twice")
	}
}

// TestUndatedNumber: its page leads to every dated document that it may mean and
// shows the sentences of them all.
func TestUndatedNumber(t *testing.T) {
	s := demo(t, Config{})
	page := s.get(t, "/documents/35-ct-tw?lang=vi").Body.String()
	for _, want := range []string{"Số này không ghi ngày", "/documents/35-ct-tw~2019-05-30", "/documents/35-ct-tw~2024-06-14", "<mark>Chỉ thị số 35-CT/TW ngày"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(page, `<blockquote class="quote"`); n != 20 {
		t.Errorf("%d sentences of 20 bulletins", n)
	}
	var names []string
	for _, d := range document(t, s, "73-nq-tu").Namesakes {
		names = append(names, d.Key)
	}
	if want := []string{"73-nq-tu@ha-giang", "73-nq-tu@quang-tri", "73-nq-tu@thua-thien-hue", "73-nq-tu@tuyen-quang"}; !cmp.Equal(names, want) {
		t.Errorf("a number of several provinces may be %v, want %v", names, want)
	}
}

// TestDocumentSubject: a document is about what most bulletins say, written as
// most of them write it; what nobody says is not known.
func TestDocumentSubject(t *testing.T) {
	var all []bulletin.Bulletin
	for i, subject := range []string{"công tác dân vận", "Công tác  dân vận", "công tác dân vận", "phòng cháy", "phòng cháy", "", "phòng cháy", "công tác dân vận"} {
		b := testBulletin(places[i%4], 2019+i/4, 1)
		b.Cites[0].Subject = subject
		b.Cites[0].Key, b.Cites[0].Date = "35-ct-tw~2019-05-30", "2019-05-30"
		b.URL += strconv.Itoa(i)
		b.ID = bulletin.NewID(b.URL)
		all = append(all, b)
	}
	s := newService(t, Config{}, all...)
	got := document(t, s, "35-ct-tw~2019-05-30")
	if got.Subject == nil || got.Subject.Text != "công tác dân vận" || got.Subject.Count != 4 || got.Subject.Of != 7 {
		t.Errorf("%+v", got.Subject)
	}
	if len(got.Together) != 4 || got.Together[0].Count != 2 {
		t.Errorf("together %+v", got.Together)
	}
	if got := document(t, s, "73-nq-tu@quang-tri"); got.Subject != nil {
		t.Errorf("%+v", got.Subject)
	}
	if page := s.get(t, "/documents/35-ct-tw~2019-05-30?lang=vi").Body.String(); !strings.Contains(page, "theo 4 trên 7 bản tin") {
		t.Error("the page does not say how many print it so")
	}
}
