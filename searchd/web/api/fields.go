package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"bantin/searchd/web/answer"
)

// names are the fields that a struct has in JSON, in order.
func names(t reflect.Type) []string {
	var out []string
	for field := range t.Fields() {
		if name, _, _ := strings.Cut(field.Tag.Get("json"), ","); name != "" && name != "-" {
			out = append(out, name)
		}
	}
	return out
}

// checkFields refuses a field that nothing has.
func checkFields(fields, known []string) error {
	for _, f := range fields {
		if !slices.Contains(known, f) {
			return answer.BadParameter("bad-parameter", "fields", strings.Join(known, ", "))
		}
	}
	return nil
}

// only writes of an object the fields that are wanted, all when none are named,
// and always its id or key, which says what it is.
func only(v any, fields []string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil || len(fields) == 0 {
		return bytes.TrimSpace(b.Bytes()), err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		return nil, err
	}
	for name := range all {
		if name != "id" && name != "key" && !slices.Contains(fields, name) {
			delete(all, name)
		}
	}
	return json.Marshal(all)
}
