package api

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/alert"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"

	"github.com/gin-gonic/gin"
)

// object is a JSON object of the description.
type object = map[string]any

// bulletinJSON stands for a bulletin with what the service knows beside it.
type bulletinJSON struct {
	bulletin.Bulletin
	Gone  *string `json:"gone"`
	Group string  `json:"group"`

	Meeting *string `json:"meeting"`
	Sample  bool    `json:"sample"`
	Page    string  `json:"page"`
}

// parameterNotes describe every parameter: what it is, its form, an example.
var parameterNotes = withFacetNotes(map[string]object{
	"q":        {"description": "what a person would type: words, \"a phrase\", -word, OR, title:, province: …", "schema": object{"type": "string", "pattern": `^[^\x00]*$`}, "example": "giao ban"},
	"from":     {"description": "first day of publication; a month or year stands for its first day", "schema": object{"type": "string", "pattern": dayForm}, "example": "2020-01-01"},
	"to":       {"description": "last day of publication, not before from; a month or year stands for its last day", "schema": object{"type": "string", "pattern": dayForm}, "example": "2020-12-31"},
	"sort":     {"description": "order; newest when nothing is asked for", "schema": object{"type": "string", "enum": []index.Sort{index.Relevance, index.Newest, index.Oldest, ""}, "default": index.Relevance}, "example": "newest"},
	"size":     {"description": "results of one page", "schema": object{"type": "integer", "minimum": 0, "maximum": answer.MaxSize, "default": answer.DefaultSize}, "example": 5},
	"after":    {"description": "cursor of the page, from next of an answer to the same question", "schema": object{"type": "string", "pattern": cursorForm}},
	"before":   {"description": "cursor of the page before, from prev; not together with after", "schema": object{"type": "string", "pattern": cursorForm}},
	"mode":     {"description": "what a search box offers", "schema": object{"type": "string", "enum": append(slices.Clone(embed.Modes), ""), "default": embed.Modes[0]}, "example": "suggest"},
	"meeting":  {"description": "a meeting's id: the bulletins that report it; or a series as province/host/kind: its last meetings. Not together with words or filters", "schema": object{"type": "string", "pattern": orNothing(embed.MeetingForm)}, "example": "tuyen-quang/mttq/giao-ban"},
	"site":     {"description": "public id of the embedding site; with it the page's origin must be one of that site's", "schema": object{"type": "string"}},
	"verbatim": {"description": "1 takes the words as words: nothing in them is understood or corrected", "schema": object{"type": "string", "enum": []string{"0", "1", ""}, "default": "0"}, "example": "1"},
	"by":       {"description": "what questions are compared over; a bulletin may have no quarter", "schema": object{"type": "string", "enum": append(slices.Clone(answer.TrendAxes), ""), "default": index.Quarter}, "example": "year"},
	"order":    {"description": "order of occurrences; other than by date the newest 10,000 are put in order", "schema": object{"type": "string", "enum": append(slices.Clone(answer.ContextOrders), ""), "default": answer.ByDate}, "example": "left"},
	"lang":     {"description": "language of labels and messages", "schema": object{"type": "string", "enum": append(slices.Clone(answer.Languages), ""), "default": answer.Languages[0]}, "example": "vi"},
	"facets":   {"description": "facets wanted, parted by commas or repeated, none when empty; all but province_now when absent", "schema": object{"type": "string", "pattern": listForm(answer.WithFacets()[1:]...)}, "example": "quarter,org"},
	"fields":   {"description": "fields of each entry wanted beside its id or key, parted by commas or repeated; all when absent", "schema": object{"type": "string"}},
	"values":   {"description": "values of each facet, the most frequent; 0 for all", "schema": object{"type": "integer", "minimum": 0, "maximum": answer.MaxCounted, "default": answer.DefaultCounted}, "example": 5},
})

// withFacetNotes adds a note on every facet.
func withFacetNotes(notes map[string]object) map[string]object {
	for _, f := range index.Facets {
		one := object{"type": "string"}
		switch f.Values {
		case index.Quarters:
			one["pattern"] = orNothing(answer.QuarterForm)
		case index.Years:
			one["pattern"] = orNothing(answer.YearForm)
		case index.Kinds:
			one["enum"] = append(slices.Clone(answer.Kinds), "")
		case index.Provinces, index.ProvincesNow:
			one["enum"] = provinces(f.Values == index.ProvincesNow)
		case index.Documents:
			one["pattern"] = orNothing(answer.KeyForm)
		default:
			one["pattern"] = orNothing(answer.NameForm)
		}
		notes[string(f.Field)] = object{"description": f.About, "schema": many(one), "example": f.Example}
	}
	return notes
}

// Forms of parameters. An empty one counts as absent.
const (
	dayForm    = `^(?:(?:19(?:7[6-9]|[89]\d)|20\d\d)(?:-(?:0[13578]|1[02])(?:-(?:0[1-9]|[12]\d|3[01]))?|-(?:0[469]|11)(?:-(?:0[1-9]|[12]\d|30))?|-02(?:-(?:0[1-9]|1\d|2[0-8]))?)?)?$`
	cursorForm = `^(?:[A-Za-z0-9_-]{1,300})?$`
)

func orNothing(form *regexp.Regexp) string {
	return "^(?:" + strings.TrimSuffix(strings.TrimPrefix(form.String(), "^"), "$") + ")?$"
}

// listForm is the form of names parted by commas.
func listForm(names ...string) string {
	one := "(?:" + strings.Join(names, "|") + ")"
	return "^(?:" + one + "(?:," + one + ")*)?$"
}

// provinces are the slugs that a filter takes.
func provinces(today bool) []any {
	out := []any{""}
	for _, p := range bulletin.Provinces() {
		if !today || bulletin.ProvinceNow(p.Slug) == p.Slug {
			out = append(out, p.Slug)
		}
	}
	return out
}

// many is the schema of a parameter that may be repeated: any of its values.
func many(one object) object {
	return object{"type": "array", "items": one, "maxItems": answer.MaxValues}
}

// description describes the API in OpenAPI 3.1, out of the very types that are
// answered.
func (s *API) description(c *gin.Context, _ answer.Params) error {
	d := describer{schemas: object{"Bulletin": bulletinSchema()}}
	paths := object{}
	for _, op := range s.Operations() {
		if op.Follows && s.Follows == nil {
			continue
		}
		method := "get"
		if op.Takes != nil {
			method = "post"
		}
		paths[pathParameter.ReplaceAllString(op.Path, "{$1}")] = object{method: d.operation(op)}
	}
	d.schema(reflect.TypeFor[answer.ProblemJSON]())
	return answer.WriteJSON(c, object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Bantin", "version": "1", "description": "Search over the bulletins of Vietnam's provinces.",
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"},
		},
		"servers": []object{{"url": s.Base(c)}}, "paths": paths, "components": object{"schemas": d.schemas},
	})
}

// pathParameter is a parameter in the path of a route.
var pathParameter = regexp.MustCompile(`:(\w+)`)

// describer collects the schemas of named types.
type describer struct{ schemas object }

func (d describer) operation(op Operation) object {
	kind := op.kind
	var content object
	switch {
	case op.as.form != nil:
		content = object{"schema": d.schema(op.as.form)}
		kind = "application/json"
	case kind == "application/json" || kind == "application/feed+json":
		content = object{"schema": object{"type": "object"}}
	default:
		content = object{"schema": object{"type": "string"}}
	}
	problem := object{
		"description": "what is wrong and what to change",
		"content":     object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/problem"}}},
	}
	out := object{
		"operationId": op.name, "summary": op.summary, "parameters": parameters(op),
		"responses": object{"200": object{"description": "found", "content": object{kind: content}}, "304": object{"description": "as the client has it"}, "default": problem},
	}
	if op.Takes != nil {
		kinds := object{"application/json": object{"schema": d.schema(reflect.TypeOf(op.Takes))}}
		if op.plain {
			kinds["text/plain"] = object{"schema": object{"type": "string", "minLength": 1, "description": "at most 65,536 bytes of UTF-8"}}
		}
		out["requestBody"] = object{"required": true, "content": kinds}
	}
	return out
}

// parameters describes those of the path and of the query.
func parameters(op Operation) []object {
	out := []object{}
	for _, name := range pathParameter.FindAllStringSubmatch(op.Path, -1) {
		out = append(out, object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, name := range op.params {
		p := object{"name": name, "in": "query"}
		maps.Copy(p, parameterNotes[name])
		if own, ok := op.own[name]; ok {
			p["schema"] = own
		}
		if name == "fields" {
			p["schema"] = object{"type": "string", "pattern": listForm(op.fields...)}
		}
		if schema, ok := p["schema"].(object); ok && schema["type"] == "array" {
			p["style"], p["explode"] = "form", true
			p["example"] = []any{p["example"]}
		}
		out = append(out, p)
	}
	return out
}

// schema describes a type and returns a reference to it or, for a small one,
// the description itself.
func (d describer) schema(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[bulletin.Bulletin]():
		return object{"$ref": "#/components/schemas/Bulletin"}
	case t == reflect.TypeFor[bulletinJSON]():
		extra := object{"gone": nullable(), "group": object{"type": "string"}, "meeting": nullable(), "sample": object{"type": "boolean"}, "page": object{"type": "string"}}
		return object{"allOf": []object{{"$ref": "#/components/schemas/Bulletin"}, {"type": "object", "properties": extra}}}
	case t == reflect.TypeFor[citingJSON]():
		return object{"type": "object", "required": []string{"text"}, "additionalProperties": false, "properties": object{
			"text":      object{"type": "string", "minLength": 1, "description": "at most 65,536 bytes of UTF-8"},
			"province":  object{"type": []string{"string", "null"}, "enum": append([]any{nil}, provinces(false)...)},
			"published": object{"type": []string{"string", "null"}, "pattern": `^(?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]))?$`, "description": "day"},
		}}
	case t == reflect.TypeFor[followingJSON]():
		return object{"type": "object", "required": []string{"webhook"}, "additionalProperties": false, "properties": object{
			"webhook": object{"type": "string", "pattern": alert.HookForm.String(), "maxLength": alert.MaxHook},
		}}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []object{d.schema(t.Elem()), {"type": "null"}}}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": d.schema(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": d.schema(t.Elem())}
	case reflect.Struct:
		return d.named(t)
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return object{"type": "integer"}
	default:
		return object{}
	}
}

// named describes a struct once, under its own name.
func (d describer) named(t reflect.Type) object {
	name := strings.TrimSuffix(t.Name(), "JSON")
	if name != t.Name() {
		name = strings.ToLower(name[:1]) + name[1:]
	}
	ref := object{"$ref": "#/components/schemas/" + name}
	if _, done := d.schemas[name]; done {
		return ref
	}
	properties, required := object{}, []string{}
	d.schemas[name] = object{}
	for i := range t.NumField() {
		field, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if field == "" || field == "-" {
			continue
		}
		properties[field] = d.schema(t.Field(i).Type)
		if options == "" {
			required = append(required, field)
		}
	}
	if _, picked := t.FieldByName("fields"); picked { // any may be left out but what says which one it is
		required = required[:1]
	}
	slices.Sort(required)
	d.schemas[name] = object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	return ref
}

func nullable() object { return object{"type": []string{"string", "null"}} }

// bulletinSchema describes the form that a bulletin's own MarshalJSON gives.
func bulletinSchema() object {
	d := describer{schemas: object{}}
	inline := func(t reflect.Type) object {
		d.named(t)
		return d.schemas[t.Name()].(object)
	}
	text, list := object{"type": "string"}, func(items object) object { return object{"type": "array", "items": items} }
	period := inline(reflect.TypeFor[bulletin.Period]())
	period["type"] = []string{"object", "null"}
	return object{
		"type": "object",
		"properties": object{
			"id": text, "url": text, "site": text, "title": text, "lead": text, "body": text,
			"published": nullable(), "published_precision": nullable(), "author": nullable(),
			"event_date": nullable(), "province": nullable(), "province_now": nullable(),
			"period": period, "kind": nullable(), "host": nullable(), "organizations": list(text),
			"cites":       list(inline(reflect.TypeFor[bulletin.Citation]())),
			"attachments": list(inline(reflect.TypeFor[bulletin.Attachment]())),
		},
		"required": []string{"id"}, // fields= may leave out the others
	}
}
