package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// fieldName is a field that a person can name: one of these or a facet.
type fieldName string

const (
	titleField fieldName = "title"
	bodyField  fieldName = "body"
	fromField  fieldName = "from"
	toField    fieldName = "to"

	authorField fieldName = "author"
)

// fieldNames are the labels, folded, in either language.
var fieldNames = labels()

func labels() map[string]fieldName {
	out := map[string]fieldName{
		"title": titleField, "tieu de": titleField, "tieude": titleField,
		"body": bodyField, "noi dung": bodyField, "noidung": bodyField, "text": bodyField,
		"from": fromField, "tu": fromField, "tu ngay": fromField,
		"to": toField, "den": toField, "den ngay": toField,
		"author": authorField, "tac gia": authorField, "tacgia": authorField, "nguoi viet": authorField,
	}
	for _, f := range index.Facets {
		for _, label := range append([]string{string(f.Field)}, f.Names...) {
			out[label] = fieldName(f.Field)
		}
	}
	return out
}

// values is what the values of a field are, 0 for no facet.
func (f fieldName) values() index.Values {
	facet, _ := index.FacetOf(index.Field(f))
	return facet.Values
}

// field reads the value of a label and returns its node, or takes it up as a
// filter of the whole query where outer is set.
func (p *parser) field(t token, outer bool) index.Node {
	v := p.peek()
	if v.kind != words && v.kind != quoted || v.negative {
		p.repair("field", p.text[t.start:t.end])
		return nil
	}
	if t.name == titleField || t.name == bodyField {
		return p.textField(v, map[fieldName]index.TextField{titleField: index.Title, bodyField: index.Body}[t.name])
	}
	if t.name == authorField {
		return p.author(v)
	}
	text := p.text[v.start:v.end]
	if v.kind == quoted {
		text = v.inner(p.text)
	}
	values, length := fieldValues(t.name, text, v.kind == quoted)
	if length == 0 {
		p.repair("field", p.text[t.start:t.end]+firstWord(text))
		return nil // the words stay and are searched for
	}
	f := Typed{Excluded: p.excluded != t.negative, Whole: outer, Span: bulletin.Span{Start: t.lead, End: v.end}}
	if v.kind == words {
		f.Span.End = v.start + length
	}
	p.consume(v, length)
	if t.name == fromField || t.name == toField {
		p.bound(f, t.name == fromField, values[0])
		return nil
	}
	return p.narrow(f, index.Field(t.name), values)
}

// author reads a name after author:, the words in capitals that it begins with
// or what stands between quotes, else one word.
func (p *parser) author(v token) index.Node {
	text := p.text[v.start:v.end]
	if v.kind == quoted {
		text = v.inner(p.text)
	} else {
		text = text[:nameEnd(text)]
	}
	p.consume(v, len(text))
	return index.Term{Field: index.Author, Value: strings.Join(strings.Fields(vi.Fold(text)), " ")}
}

// nameEnd is where the words in capitals end that a text begins with, at least
// behind the first word.
func nameEnd(text string) int {
	end := len(firstWord(text))
	for end < len(text) {
		next := firstWord(text[end:])
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(next))
		if !unicode.IsUpper(first) {
			break
		}
		end += len(next)
	}
	return end
}

// textField reads the chunk or phrase after title: or body:.
func (p *parser) textField(v token, field index.TextField) index.Node {
	if v.kind == quoted {
		p.at++
		return p.phrase(v.inner(p.text), v.start+1, field)
	}
	v.end = v.start + len(firstWord(p.text[v.start:v.end]))
	p.consume(p.peek(), v.end-v.start)
	return p.run(v, field)
}

// consume takes length bytes off the token to come.
func (p *parser) consume(v token, length int) {
	if v.kind == quoted || v.start+length >= v.end {
		p.at++
		return
	}
	rest := p.text[v.start+length : v.end]
	p.tokens[p.at].start = v.end - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	if p.tokens[p.at].start >= v.end {
		p.at++
	}
}
