package archive

import (
	"testing"
	"time"
)

func TestPostpone(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1", Kind: Article}, Request{Site: "s", URL: "http://h/2", Kind: Listing})
	c, _ := claim(t, a, start)
	until := start.Add(time.Hour)
	if err := a.Postpone(t.Context(), c, until); err != nil {
		t.Fatal(err)
	}
	if c, wait := claim(t, a, start); c != nil || !wait.Equal(until) {
		t.Errorf("claimed %v, wait until %s; want a wait until %s", c, wait, until)
	}
	if c, _ = claim(t, a, until); c == nil || c.Attempts != 1 {
		t.Errorf("claimed %+v, want the first attempt", c)
	}
	if n, err := a.Pending(t.Context(), "s", Listing); err != nil || n != 1 {
		t.Errorf("%d listings pending, %v; want 1", n, err)
	}
}

func TestAgainKeepsTheMemo(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1", Kind: Listing, Memo: "walked"})
	c, _ := claim(t, a, start)
	save(t, a, Outcome{Claim: c, At: start, Status: 200, Due: start.Add(time.Hour), Pace: Pace{Next: start}})
	enqueue(t, a, Request{Site: "s", URL: "http://h/1", Kind: Listing, Again: true, Due: start})
	if c, _ := claim(t, a, start); c == nil || c.Memo != "walked" {
		t.Errorf("claimed %+v, want the memo kept", c)
	}
}
