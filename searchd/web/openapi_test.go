package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bantin/searchd/web/api"
	"bantin/searchd/web/embed"
	"bantin/searchd/web/export"
)

// TestDescriptionFitsRoutes: every route for programs is described, and
// nothing else.
func TestDescriptionFitsRoutes(t *testing.T) {
	var doc struct{ Paths map[string]any }
	if err := json.Unmarshal(demo(t, Config{}).get(t, "/openapi.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for path := range doc.Paths {
		described[path] = true
	}
	for _, rt := range (&server{api: &api.API{Exports: &export.Exports{}, Box: &embed.Box{}}}).routes() {
		path := strings.NewReplacer(":id", "{id}", ":meeting", "{meeting}", ":key", "{key}").Replace(rt.path)
		if (forPrograms(path) || path == "/healthz" || path == "/readyz") && !described[path] {
			t.Errorf("%s is not described", path)
		}
		delete(described, path)
	}
	for path := range described {
		t.Errorf("%s is described and not served", path)
	}
}

// TestDescriptionFitsHandlers: each described parameter is taken, any other
// refused, and every answer has the form that is described.
func TestDescriptionFitsHandlers(t *testing.T) {
	s := demo(t, Config{})
	b := testBulletins()[0]
	var doc map[string]any
	if err := json.Unmarshal(s.get(t, "/openapi.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	schemas := member(doc, "components", "schemas")
	for described := range member(doc, "paths") {
		method, ask := "get", func(address string) *httptest.ResponseRecorder { return s.get(t, address) }
		if member(doc, "paths", described, "post") != nil {
			method, ask = "post", func(address string) *httptest.ResponseRecorder {
				return post(t, s, address, "application/json", `{"text":"Chỉ thị số 35-CT/TW"}`)
			}
		}
		path := strings.NewReplacer("{id}", b.ID, "{meeting}", toldMeeting, "{key}", "35-ct-tw~2019-05-30").Replace(described)
		if path != "/healthz" && path != "/readyz" {
			if w := ask(path + "?zzz=1"); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "zzz") {
				t.Errorf("%s takes an undescribed parameter: %d", path, w.Code)
			}
		}
		for _, p := range list(member(doc, "paths", described, method)["parameters"]) {
			example, ok := p["example"]
			if !ok || p["in"] != "query" {
				continue
			}
			if several, ok := example.([]any); ok {
				example = several[0]
			}
			w := ask(fmt.Sprintf("%s?%s=%v", path, p["name"], strings.ReplaceAll(fmt.Sprint(example), " ", "+")))
			if w.Code == http.StatusBadRequest {
				t.Errorf("%s refuses %s: %s", path, p["name"], w.Body)
			}
		}
		w := ask(path)
		if strings.HasSuffix(path, "/original") {
			continue // imported without a page
		}
		content := member(doc, "paths", described, method, "responses", "200", "content")
		kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
		media, ok := content[kind].(map[string]any)
		if !ok || w.Code != http.StatusOK {
			t.Errorf("%s answers %d %s", path, w.Code, kind)
			continue
		}
		if !strings.HasSuffix(kind, "json") || kind == "application/x-ndjson" {
			continue
		}
		var answer any
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(path, err)
		}
		schema, _ := media["schema"].(map[string]any)
		if err := conforms(answer, schema, schemas); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func member(v map[string]any, names ...string) map[string]any {
	for _, name := range names {
		v, _ = v[name].(map[string]any)
	}
	return v
}

// conforms checks v against as much of JSON Schema as our description uses.
func conforms(v any, schema, all map[string]any) error {
	if ref, ok := schema["$ref"].(string); ok {
		named, ok := all[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		if !ok {
			return fmt.Errorf("no schema %s", ref)
		}
		return conforms(v, named, all)
	}
	for _, part := range list(schema["allOf"]) {
		if err := conforms(v, part, all); err != nil {
			return err
		}
	}
	if choices := list(schema["anyOf"]); len(choices) > 0 {
		var err error
		for _, choice := range choices {
			if err = conforms(v, choice, all); err == nil {
				return nil
			}
		}
		return err
	}
	if !hasType(v, schema["type"]) {
		return fmt.Errorf("%v is not %v", v, schema["type"])
	}
	switch v := v.(type) {
	case []any:
		items, _ := schema["items"].(map[string]any)
		for i, e := range v {
			if err := conforms(e, items, all); err != nil {
				return fmt.Errorf("[%d]: %w", i, err)
			}
		}
	case map[string]any:
		return conformsObject(v, schema, all)
	}
	return nil
}

func conformsObject(v, schema, all map[string]any) error {
	properties, _ := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[fmt.Sprint(name)]; !ok {
			return fmt.Errorf("%s is missing", name)
		}
	}
	for name, value := range v {
		sub, known := properties[name].(map[string]any)
		if !known {
			sub, known = schema["additionalProperties"].(map[string]any)
		}
		if !known && schema["additionalProperties"] == false {
			return fmt.Errorf("%s is not described", name)
		}
		if known {
			if err := conforms(value, sub, all); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func list(v any) []map[string]any {
	var out []map[string]any
	items, _ := v.([]any)
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

func hasType(v, want any) bool {
	if want == nil {
		return true
	}
	kinds := []string{fmt.Sprint(want)}
	if several, ok := want.([]any); ok {
		kinds = nil
		for _, k := range several {
			kinds = append(kinds, fmt.Sprint(k))
		}
	}
	is := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Map: "object", reflect.Slice: "array"}
	if v == nil {
		return slices.Contains(kinds, "null")
	}
	if f, ok := v.(float64); ok {
		return slices.Contains(kinds, "number") || (slices.Contains(kinds, "integer") && f == float64(int64(f)))
	}
	return slices.Contains(kinds, is[reflect.TypeOf(v).Kind()])
}
