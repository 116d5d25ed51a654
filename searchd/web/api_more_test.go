package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func post(t *testing.T, s *service, address, kind, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// TestCitations: a text's citations come with their places and with what the
// archive knows of each document.
func TestCitations(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	const text = "Thực hiện Chỉ thị số 35-CT/TW ngày 30/5/2019 của Bộ Chính trị và Nghị quyết số 99-NQ/TU."
	type found struct {
		Start, End int
		Text       string
		Document   struct {
			Key   string
			Count int
		}
		Candidates []struct{ Key string }
		Page       *string
	}
	for kind, body := range map[string]string{
		"text/plain; charset=utf-8": text,
		"application/json":          `{"province":"tuyen-quang","text":"` + text + `"}`,
	} {
		w := post(t, s, "/api/v1/citations", kind, body)
		var got struct{ Citations []found }
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Citations) < 1 {
			t.Fatal(kind, err, w.Body)
		}
		c := got.Citations[0]
		if c.Document.Key != "35-ct-tw~2019-05-30" || c.Document.Count != 40 || text[c.Start:c.End] != c.Text ||
			c.Page == nil || *c.Page != "https://bantin.test/documents/35-ct-tw~2019-05-30" || len(c.Candidates) != 1 {
			t.Errorf("%s: %+v", kind, c)
		}
		if last := got.Citations[len(got.Citations)-1]; kind == "application/json" && (last.Document.Key != "99-nq-tu@tuyen-quang" || last.Document.Count != 0 || last.Page != nil) {
			t.Errorf("%+v", last)
		}
	}
	for _, tc := range []struct{ kind, body, want string }{
		{"text/plain", strings.Repeat("x", 64<<10+1), "text"},
		{"text/plain", strings.Repeat("x", 500<<10), "text"},
		{"text/plain", "\xff", "text"},
		{"application/json", "{", "text"},
		{"application/json", `{"text":"x","published":"yesterday"}`, "published"},
		{"application/json", `{"text":"x","province":"atlantis"}`, "province"},
	} {
		var problem struct{ Parameter string }
		w := post(t, s, "/api/v1/citations", tc.kind, tc.body)
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code/100 != 4 || problem.Parameter != tc.want {
			t.Errorf("%.20q: %d %s", tc.body, w.Code, w.Body)
		}
	}
	if w := s.get(t, "/api/v1/citations"); w.Code != http.StatusMethodNotAllowed {
		t.Error(w.Code)
	}
}

// TestFields: an answer has the fields that were asked for.
func TestFields(t *testing.T) {
	s := demo(t, Config{})
	id := testBulletins()[0].ID
	for address, want := range map[string]string{
		"/api/v1/search?size=1&facets=&fields=title":      `"hits":[{"id":"`,
		"/api/v1/documents?size=1&fields=count,label":     `{"count":40,"key":"35-ct-tw~2019-05-30","label":"35-CT/TW"}`,
		"/api/v1/bulletins/" + id + "?fields=quarter":     "bad-parameter",
		"/api/v1/bulletins/" + id + "?fields=kind,period": `{"id":"` + id + `","kind":"so-ket","period":{`,
		"/api/v1/search?fields=nonsense":                  "title_html",
	} {
		body := s.get(t, address).Body.String()
		if !strings.Contains(body, want) || strings.Contains(body, `"snippet_html":`) || strings.Contains(body, `"lead":`) {
			t.Errorf("%s: %s", address, body)
		}
	}
}

// TestKeys: a key has a measure of its own, and one that nobody has is refused.
func TestKeys(t *testing.T) {
	sum := sha256.Sum256([]byte("secret"))
	keys, err := ReadKeys([]byte(`{"keys":[{"name":"lab","sha256":"` + hex.EncodeToString(sum[:]) + `","daily":3}]}`))
	if err != nil {
		t.Fatal(err)
	}
	s := demo(t, Config{Rate: 0.001, Burst: 1, Keys: keys})
	for i, tc := range []struct {
		authorization string
		want          int
	}{
		{"Bearer secret", 200},
		{"bearer secret", 200},
		{"Bearer secret", 200},
		{"Bearer secret", 429},
		{"Bearer other", 401},
		{"", 200},
		{"", 429},
	} {
		w := s.get(t, "/api/v1/sites", "Authorization", tc.authorization)
		if w.Code != tc.want || (tc.want == 429) != (w.Header().Get("Retry-After") != "") {
			t.Errorf("%d: %d, want %d", i, w.Code, tc.want)
		}
	}
	for file, want := range map[string]string{
		`{`:                                     "keys:",
		`{"keys":[{"name":"a","sha256":"00"}]}`: "no such hash",
		`{"key":[]}`:                            "unknown field",
		`{"keys":[{"name":"a","sha256":"` + strings.Repeat("00", 32) + `","daily":-1}]}`: "below 0",
	} {
		if _, err := ReadKeys([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestAssistants: the SDK's own client finds the tools and reads through them.
func TestAssistants(t *testing.T) {
	s := demo(t, Config{})
	server := httptest.NewServer(s)
	defer server.Close()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: server.URL + "/mcp", HTTPClient: server.Client(), DisableStandaloneSSE: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) != 5 {
		t.Fatal(tools, err)
	}
	for _, tool := range tools.Tools {
		if tool.Annotations == nil || !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s may change something", tool.Name)
		}
	}
	id := testBulletins()[0].ID
	for _, tc := range []struct {
		tool  string
		args  map[string]any
		want  string
		fails bool
	}{
		{"search", map[string]any{"query": "giao ban", "province": []string{"tuyen-quang"}, "size": 3}, `"total":12`, false},
		{"search", map[string]any{"quarter": []string{"2020-Q9"}}, "2020-Q3", true},
		{"bulletin", map[string]any{"id": id}, `"id":"` + id + `"`, false},
		{"bulletin", map[string]any{"id": "nobody/../x"}, "", true},
		{"document", map[string]any{"key": "35-ct-tw~2019-05-30"}, `"total":40`, false},
		{"meetings", map[string]any{"province": []string{"tuyen-quang"}, "kind": []string{"so-ket"}}, toldMeeting, false},
		{"meetings", map[string]any{"id": toldMeeting}, `"differences":[]`, false},
		{"coverage", map[string]any{}, `"quarters":[`, false},
		{"coverage", map[string]any{"query": "giao ban", "province": []string{"tuyen-quang"}, "kind": []string{"so-ket"}}, `"total":3,`, false},
	} {
		res, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tc.tool, Arguments: tc.args})
		if err != nil {
			t.Errorf("%s: %v", tc.tool, err)
			continue
		}
		text, ok := res.Content[0].(*mcp.TextContent)
		if !ok || res.IsError != tc.fails || !strings.Contains(text.Text, tc.want) {
			t.Errorf("%s %v: %v %+v", tc.tool, tc.args, res.IsError, res.Content[0])
		}
	}
}
