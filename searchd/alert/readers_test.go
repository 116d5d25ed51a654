package alert_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
)

func TestReadersAreToldOnceAndAgainOfWhatChanged(t *testing.T) {
	w := newTown(t)
	w.publishes(t, "old", "Giao ban trước đó", congress)
	w.passes(t, time.Second)
	w.follows(t, "an@example.org", url.Values{"q": {"giám sát"}}, "daily")
	w.passes(t, time.Hour)
	told := func(step, subject string, contains ...string) {
		t.Helper()
		had := len(w.letters(t))
		w.restart(t) // each step is that of a new process
		w.passes(t, 25*time.Hour)
		all := w.letters(t)
		if subject == "" {
			if len(all) != had {
				t.Errorf("%s: told %q", step, all[len(all)-1].subject)
			}
			return
		}
		if len(all) != had+1 {
			t.Fatalf("%s: %d letters", step, len(all)-had)
		}
		l := all[had]
		for _, part := range contains {
			if !strings.Contains(l.text, part) || !strings.Contains(l.html, part) {
				t.Errorf("%s: no %q in %s\n%s", step, part, l.text, l.html)
			}
		}
		if l.subject != subject {
			t.Errorf("%s: %q", step, l.subject)
		}
		if l.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(l.Header.Get("List-Unsubscribe"), "<"+place+"/follow/leave?t=") {
			t.Errorf("%s: header %v", step, l.Header)
		}
	}
	told("nothing happened", "")
	w.publishes(t, "new", "Giao ban quý II", congress)
	w.publishes(t, "other", "Vụ mùa", harvest)
	told("one of two is asked for", "[Bantin] Giao ban quý II", "Giao ban quý II", "báo cáo kết quả giám sát", "Tuyên Quang", place+"/bulletins/"+bulletin.NewID("tuyen-quang", "http://portal.example/new"))
	told("told already", "")
	w.publishes(t, "new", "Giao ban quý II", "Tin đã được biên tập lại. "+congress)
	told("changed elsewhere", "")
	w.publishes(t, "new", "Giao ban quý II", strings.Replace(congress, "báo cáo kết quả", "báo cáo mười kết quả", 1))
	told("changed what is asked for", "[Bantin] Giao ban quý II", "mười kết quả giám sát", "ổng đã sửa")
	w.publishes(t, "old", "Giao ban trước đó", strings.Replace(congress, "kết quả", "hai kết quả", 1))
	told("what was there before it was followed changed", "[Bantin] Giao ban trước đó", "hai kết quả giám sát")
	w.rereads(t, "new", "Giao ban quý II", strings.Replace(congress, "báo cáo kết quả", "thông báo kết quả", 1))
	w.rereads(t, "other", "Vụ mùa", harvest+" Mặt trận giám sát.")
	told("read anew", "")
	w.publishes(t, "other", "Vụ mùa", "Nông dân giám sát. "+harvest)
	told("the portal made it match", "[Bantin] Vụ mùa", "Nông dân giám sát")
}

func TestDocumentsAndCellsAreFollowed(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"cites": {"35-ct-tw"}}, "daily")
	w.follows(t, "binh@example.org", url.Values{"province": {"tuyen-quang"}, "quarter": {"2026-Q2"}}, "daily")
	w.publishes(t, "a", "Quán triệt Chỉ thị", "Hội nghị quán triệt Chỉ thị số 35-CT/TW. Các đơn vị phát biểu.")
	w.publishes(t, "b", "Vụ mùa", harvest)
	w.passes(t, 25*time.Hour)
	got := map[string]string{}
	for _, l := range w.letters(t)[2:] {
		got[l.Header.Get("To")] = l.subject
	}
	if got["<an@example.org>"] != "[Bantin] Quán triệt Chỉ thị" || got["<binh@example.org>"] != "[Bantin] 2 bản tin: Quý II/2026, Tuyên Quang" {
		t.Errorf("%v", got)
	}
	// A text that is edited elsewhere is no news to who follows the document, and
	// none to who follows the cell, in which it is already.
	w.publishes(t, "a", "Quán triệt Chỉ thị", "Hội nghị quán triệt Chỉ thị số 35-CT/TW. Các đơn vị góp ý kiến.")
	w.passes(t, 25*time.Hour)
	if n := len(w.letters(t)); n != 4 {
		t.Errorf("%d letters", n)
	}
}

func TestRhythms(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "weekly")
	w.publishes(t, "a", "Giao ban một", congress)
	for range 7 * 24 {
		w.passes(t, time.Hour)
		if all := w.letters(t); len(all) == 2 {
			if local := w.now.In(bulletin.Zone); local.Weekday() != time.Monday || local.Hour() != 7 {
				t.Error(local)
			}
			return
		}
	}
	t.Error("no letter within a week")
}

func TestLeavingAndForgetting(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	w.follows(t, "an@example.org", url.Values{"q": {"vụ mùa"}}, "daily")
	w.follows(t, "an@example.org", url.Values{"q": {"nông dân"}}, "daily")
	w.publishes(t, "a", "Giao ban", congress)
	w.publishes(t, "b", "Vụ mùa", harvest)
	w.passes(t, 25*time.Hour)
	all := w.letters(t)
	if len(all) != 6 {
		t.Fatal(len(all))
	}
	leave := func(l letter) string {
		return strings.TrimPrefix(strings.Trim(l.Header.Get("List-Unsubscribe"), "<>"), place)
	}
	// What a mail program does (RFC 8058).
	if rec := w.ask(t, "POST", leave(all[3]), url.Values{"List-Unsubscribe": {"One-Click"}}); rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	page := w.ask(t, "GET", leave(all[4]), nil).Body.String()
	if strings.Count(page, "<li>") != 2 {
		t.Errorf("two are left: %s", page)
	}
	if w.passes(t, time.Second); !bytes.Contains(w.bytes(t), []byte("an@example.org")) {
		t.Fatal("the file does not hold what it is to forget")
	}
	if rec := w.ask(t, "POST", leave(all[4]), url.Values{"all": {"1"}}); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Đã thôi theo dõi") {
		t.Fatal(rec.Code, rec.Body)
	}
	w.publishes(t, "c", "Giao ban và vụ mùa", congress+harvest)
	w.passes(t, 25*time.Hour)
	if n := len(w.letters(t)); n != 6 {
		t.Errorf("%d letters after leaving", n)
	}
	if bytes.Contains(w.bytes(t), []byte("example.org")) {
		t.Error("the address is still in the file")
	}
	// Leaving twice, or with a forged token, says nothing else.
	for _, token := range []string{tokenIn(t, all[4].text), "AAAA.BBBB", ""} {
		if rec := w.ask(t, "POST", "/follow/leave?t="+token, nil); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Đã thôi theo dõi") {
			t.Error(token, rec.Code)
		}
	}
}

// TestCrashAfterSending: a process that dies between the sending of a letter and
// the note of it sends that letter once more, under the same name, and no other.
func TestCrashAfterSending(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	w.publishes(t, "a", "Giao ban", congress)
	w.passes(t, time.Minute) // taken up
	w.post.Set("451 later")
	w.now = w.now.Add(25 * time.Hour)
	if err := w.readers.Step(t.Context(), w.now); err == nil || strings.Contains(err.Error(), "example.org") {
		t.Fatal("written and not sent, no address in the log:", err)
	}
	before := w.bytes(t)
	w.post.Set("")
	w.passes(t, time.Hour)
	if n := len(w.letters(t)); n != 2 {
		t.Fatal(n)
	}
	if err := w.book.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.file, before, 0o600); err != nil { // the note was lost
		t.Fatal(err)
	}
	w.open(t)
	for range 3 {
		w.passes(t, time.Hour)
	}
	all := w.letters(t)
	if len(all) != 3 || all[1].Header.Get("Message-Id") != all[2].Header.Get("Message-Id") || all[1].Header.Get("Message-Id") == "" {
		t.Errorf("%d letters", len(all))
	}
}

func TestWishes(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	known := w.ask(t, "POST", "/follow", url.Values{"mail": {"an@example.org"}, "every": {"daily"}, "q": {"giao ban"}})
	fresh := w.ask(t, "POST", "/follow", url.Values{"mail": {"never@example.org"}, "every": {"daily"}, "q": {"giao ban"}})
	if known.Body.String() != fresh.Body.String() || known.Code != fresh.Code {
		t.Error("an address that follows something shows")
	}
	for name, c := range map[string]struct {
		form   url.Values
		header []string
		status int
	}{
		"no address":     {url.Values{"mail": {"nobody"}, "every": {"daily"}}, nil, 400},
		"two addresses":  {url.Values{"mail": {"a@b.example, c@d.example"}, "every": {"daily"}}, nil, 400},
		"header":         {url.Values{"mail": {"a@b.example\r\nBcc: c@d.example"}, "every": {"daily"}}, nil, 400},
		"rhythm":         {url.Values{"mail": {"a@b.example"}, "every": {"at-once"}}, nil, 400},
		"another site":   {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"another origin": {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Origin", "https://evil.example"}, 403},
		"our own":        {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Origin", place}, 200},
	} {
		w.restart(t) // the measure of each client begins anew
		if rec := w.ask(t, "POST", "/follow", c.form, c.header...); rec.Code != c.status {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	w.restart(t)
	for i := range 6 {
		rec := w.ask(t, "POST", "/follow", url.Values{"mail": {fmt.Sprintf("%d@example.org", i)}, "every": {"daily"}})
		if want := map[bool]int{true: 200, false: 429}[i < 5]; rec.Code != want {
			t.Errorf("wish %d: %d", i, rec.Code)
		}
	}
	for range 10 { // one address is not flooded, whoever asks
		w.restart(t)
		w.ask(t, "POST", "/follow", url.Values{"mail": {"victim@example.org"}, "every": {"daily"}, "q": {"Mua ngay http://spam.example"}})
	}
	w.passes(t, time.Second)
	n := 0
	for _, l := range w.letters(t) {
		if l.Header.Get("To") == "<victim@example.org>" {
			n++
		}
		if strings.Contains(l.subject+l.text+l.html, "spam") {
			t.Error("a letter to a stranger holds a stranger's words")
		}
	}
	if n != 3 {
		t.Errorf("%d letters to one address", n)
	}
	token := tokenIn(t, w.letters(t)[1].text)
	w.passes(t, 49*time.Hour)
	if rec := w.ask(t, "POST", "/follow/confirm", url.Values{"t": {token}}); rec.Code != http.StatusNotFound {
		t.Errorf("confirmed too late: %d", rec.Code)
	}
	if bytes.Contains(w.bytes(t), []byte("victim")) {
		t.Error("an address that confirmed nothing is kept")
	}
}

// TestUnknownReadersAreForgotten: an address that the mail server does not know
// is not written to again; nobody is forgotten for other troubles.
func TestUnknownReadersAreForgotten(t *testing.T) {
	for answer, left := range map[string]int{"550 no such user": 0, "554 we do not like you": 1} {
		w := newTown(t)
		w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
		w.publishes(t, "a", "Giao ban", congress)
		w.passes(t, time.Second)
		w.post.Set(answer)
		w.now = w.now.Add(25 * time.Hour)
		_ = w.readers.Step(t.Context(), w.now)
		w.post.Set("")
		w.passes(t, 3*time.Hour)
		if got := len(w.letters(t)) - 1; got != left {
			t.Errorf("%s: %d letters", answer, got)
		}
	}
}
