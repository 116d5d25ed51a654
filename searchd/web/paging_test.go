package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/searchd/web/answer"
)

var (
	hitForm      = regexp.MustCompile(`<h2><a href="/bulletins/([^"?]+)`)
	prevForm     = regexp.MustCompile(`<link rel="prev" href="([^"]+)"`)
	nextForm     = regexp.MustCompile(`<link rel="next" href="([^"]+)"`)
	positionForm = regexp.MustCompile(`<span class="soft small num">([^<]*)</span>`)
)

// leaf is one page of a result as its reader has it.
type leaf struct{ address, position, prev, next, hits string }

// turn opens a page of a result, where a redirect leads.
func turn(t *testing.T, s *service, address string) leaf {
	t.Helper()
	w := s.get(t, address)
	if w.Code == http.StatusFound {
		address = w.Header().Get("Location")
		w = s.get(t, address)
	}
	if w.Code != http.StatusOK || len(address) > 400 {
		t.Fatal(address, w.Code)
	}
	part := func(form *regexp.Regexp) string {
		var out []string
		for _, m := range form.FindAllStringSubmatch(w.Body.String(), -1) {
			out = append(out, html.UnescapeString(m[1]))
		}
		return strings.Join(out, " ")
	}
	return leaf{address, part(positionForm), part(prevForm), part(nextForm), part(hitForm)}
}

// TestPagesTurnBothWays walks results to their end and back: every page is
// the one that was there, down to its address.
func TestPagesTurnBothWays(t *testing.T) {
	s := demo(t, Config{})
	twin := testBulletins()[3]
	twin.ID, twin.URL = "twin", twin.URL+"?x"
	s.add(t, twin)
	for _, query := range []string{"size=7", "q=an+sinh&size=5", "q=an+sinh&sort=newest&size=20", "sort=oldest&size=48", "q=zzz+an+sinh+xã+hội&size=9&lang=en", "q=t%E1%BB%89nh:hue+giao+ban&size=5", "size=1&year=2020"} {
		var there []leaf
		seen := map[string]bool{}
		for at := "/search?" + query; at != ""; at = there[len(there)-1].next {
			l := turn(t, s, at)
			for id := range strings.FieldsSeq(l.hits) {
				if seen[id] {
					t.Fatalf("%s: %s is there twice", query, id)
				}
				seen[id] = true
			}
			there = append(there, l)
		}
		back := []leaf{there[len(there)-1]}
		for back[0].prev != "" {
			back = slices.Insert(back, 0, turn(t, s, back[0].prev))
		}
		if len(back) != len(there) || back[0].prev != "" || unescaped(back[0].address) != unescaped(turnAddress(t, query)) {
			t.Errorf("%s: %d pages there, %d back to %s", query, len(there), len(back), back[0].address)
			continue
		}
		for i := range there {
			if there[i].hits != back[i].hits || there[i].position != back[i].position || there[i].next != back[i].next {
				t.Errorf("%s: page %d is %+v and then %+v", query, i+1, there[i], back[i])
			}
		}
	}
}

// turnAddress is the address that a search has.
func turnAddress(t *testing.T, query string) string {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	p, err := answer.ReadParams(values, answer.SearchParams, true)
	if err != nil {
		t.Fatal(err)
	}
	return p.Address("/search")
}

// unescaped is an address as its reader writes it.
func unescaped(address string) string {
	s, err := url.QueryUnescape(address)
	if err != nil {
		return err.Error()
	}
	return s
}

func TestPositions(t *testing.T) {
	s := demo(t, Config{})
	first := turn(t, s, "/search?size=20")
	second := turn(t, s, first.next)
	third := turn(t, s, second.next)
	if got := []string{first.position, second.position, third.position}; !slices.Equal(got, []string{"1–20 trong số 48", "21–40 trong số 48", "41–48 trong số 48"}) {
		t.Error(got)
	}
	if third.next != "" || first.prev != "" || turn(t, s, "/search?size=48").position != "" {
		t.Error("a page leads past the ends, or the only one has a place")
	}
	twin := testBulletins()[3]
	twin.ID, twin.URL = "twin", twin.URL+"?x"
	s.add(t, twin)
	if got := turn(t, s, turn(t, s, "/search?size=40&lang=en").next).position; got != "41–48 of 49 (1 hidden: a copy, or a report of the same meeting)" {
		t.Error(got)
	}
}

// TestPagingBackWhileTheIndexGrows: what came before a page is before it
// still, whatever was added or withdrawn in between.
func TestPagingBackWhileTheIndexGrows(t *testing.T) {
	for _, tc := range []struct {
		name         string
		add          []int // years of new bulletins, three each
		withdraw     []int // entries of the list by then
		want, before string
	}{
		{"nothing", nil, nil, "5 6 7 8 9", "0 1 2 3 4"},
		{"newer ones", []int{2030}, nil, "5 6 7 8 9", "0 1 2 3 4"},
		{"older ones", []int{1999}, nil, "5 6 7 8 9", "0 1 2 3 4"},
		{"the page's own end", nil, []int{9}, "4 5 6 7 8", "0 1 2 3"},
		{"the whole page", nil, []int{5, 6, 7, 8, 9}, "0 1 2 3 4", ""},
		{"all that came before", nil, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "10 11 12 13 14", ""},
		{"all that came after", nil, []int{10, 11, 12, 13, 14, 15}, "5 6 7 8 9", "0 1 2 3 4"},
		{"some of both", []int{2031, 2030, 1999}, []int{1, 6, 12}, "4 5 7 8 9", "0 2 3"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var bulletins []bulletin.Bulletin
			for year := 2010; year < 2026; year++ {
				bulletins = append(bulletins, testBulletin(places[0], year, 1))
			}
			s := newService(t, Config{}, bulletins...)
			var ids []string
			third := leaf{next: "/search?sort=newest&size=5"}
			for range 3 {
				third = turn(t, s, third.next)
				ids = append(ids, strings.Fields(third.hits)...)
			}
			ids = append(ids, strings.Fields(turn(t, s, third.next).hits)...)
			for _, year := range tc.add {
				s.add(t, testBulletin(places[1], year, 1), testBulletin(places[2], year, 2), testBulletin(places[3], year, 3))
			}
			for _, i := range tc.withdraw {
				if err := s.archive.Withdraw(t.Context(), ids[i]); err != nil {
					t.Fatal(err)
				}
			}
			if len(tc.withdraw) > 0 {
				s.follow(t)
			}
			second := turn(t, s, third.prev)
			if got := places16(ids, second.hits); got != tc.want {
				t.Errorf("before the third page: %s, want %s", got, tc.want)
			}
			got := ""
			if second.prev != "" {
				got = places16(ids, turn(t, s, second.prev).hits)
			}
			if !strings.HasSuffix(got, tc.before) {
				t.Errorf("before that: %q, want %s", got, tc.before)
			}
		})
	}
}

// places16 writes the hits of a page as their places in a list.
func places16(ids []string, hits string) string {
	var out []string
	for id := range strings.FieldsSeq(hits) {
		if i := slices.Index(ids, id); i >= 0 {
			out = append(out, fmt.Sprint(i))
		}
	}
	return strings.Join(out, " ")
}

// TestPagingInTheAPI: prev leads back as next leads on, and what is no cursor
// is a problem that names its parameter.
func TestPagingInTheAPI(t *testing.T) {
	s := demo(t, Config{})
	first := search(t, s, "q=an+sinh&size=7")
	second := search(t, s, "q=an+sinh&size=7&after="+*first.Next)
	third := search(t, s, "q=an+sinh&size=7&after="+*second.Next)
	again := search(t, s, "q=an+sinh&size=7&before="+*third.Prev)
	if first.Prev != nil || len(again.Hits) != 7 || again.Hits[0].ID != second.Hits[0].ID || *again.Next != *second.Next || *again.Prev != *second.Prev {
		t.Errorf("%v %v", again.Next, again.Prev)
	}
	if again = search(t, s, "q=an+sinh&size=7&before="+*second.Prev); again.Prev != nil || again.Hits[0].ID != first.Hits[0].ID {
		t.Error("the first page is another")
	}
	for query, want := range map[string]string{
		"before=x": "bad-cursor before", "sort=oldest&before=" + *second.Prev: "bad-cursor before", "before=x&after=x": "either before",
		"after=" + strings.Repeat("A", 5000): "bad-cursor after", "before=" + strings.Repeat("A", 5000): "bad-cursor before",
	} {
		w := s.get(t, "/api/v1/search?"+query)
		slug, parameter, _ := strings.Cut(want, " ")
		if w.Code != answer.ProblemStatus[slug] || !strings.Contains(w.Body.String(), `"/help#`+slug+`"`) || !strings.Contains(w.Body.String(), `"parameter":"`+parameter+`"`) {
			t.Errorf("%.40s: %d %s", query, w.Code, w.Body)
		}
	}
}
