package site

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestSchemaMatchesStruct(t *testing.T) {
	want, err := makeSchema()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(SchemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, schemaFile) {
		t.Errorf("%s is stale: run UPDATE=1 go test ./crawler/site", SchemaFile)
	}
}

// makeSchema derives the schema from the struct.
func makeSchema() ([]byte, error) {
	schema := object(reflect.TypeFor[Profile]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["$id"] = SchemaFile
	schema["title"] = "Bantin site profile"
	schema["required"] = []string{"family", "listings"}
	out, err := json.MarshalIndent(schema, "", "  ")
	return append(out, '\n'), err
}

func object(t reflect.Type) map[string]any {
	props := map[string]any{}
	for f := range t.Fields() {
		props[keyOf(f)] = property(f)
	}
	return map[string]any{"type": "object", "additionalProperties": false, "properties": props}
}

func property(f reflect.StructField) map[string]any {
	out := map[string]any{}
	switch {
	case f.Type == reflect.TypeFor[time.Duration]():
		out["type"], out["pattern"] = "string", "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"
	case f.Type.Kind() == reflect.Struct:
		out = object(f.Type)
	case f.Type.Kind() == reflect.Slice:
		out["type"], out["items"] = "array", map[string]any{"type": "string"}
	case f.Type.Kind() == reflect.Bool:
		out["type"] = "boolean"
	case f.Type.Kind() == reflect.Int:
		out["type"] = "integer"
	default:
		out["type"] = "string"
	}
	out["description"] = f.Tag.Get("doc")
	for key := range strings.FieldsSeq("pattern format") {
		if v := f.Tag.Get(key); v != "" {
			out[key] = v
		}
	}
	for key := range strings.FieldsSeq("minimum maximum") {
		if v, err := strconv.Atoi(f.Tag.Get(key)); err == nil {
			out[key] = v
		}
	}
	switch keyOf(f) {
	case "family":
		out["enum"] = FamilyNames()
	case "pager":
		out["enum"] = Pagers()
	case "listings":
		out["minItems"] = 1
	}
	return out
}
