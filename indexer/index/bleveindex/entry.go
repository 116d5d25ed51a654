package bleveindex

import (
	"context"
	"runtime"
	"sync"

	"bantin/bulletin"
	"bantin/indexer/index"

	bleve "github.com/blevesearch/bleve_index_api"
)

// entry is one bulletin as scorch takes it: fields already analysed.
type entry struct {
	id     string
	fields []*field
}

// field is one analysed field of an entry.
type field struct {
	name    string
	value   []byte
	options bleve.FieldIndexingOptions
	tokens  bleve.TokenFrequencies
}

// Names of the fields that are not text: see streamField for those.
const (
	storedField = "doc"   // the Document, compressed
	stemField   = "stem"  // beginnings of citation keys: without date, without province
	groupField  = "group" // of near-duplicates, where it is not the bulletin's own id
	dateField   = "date"  // number: see dateNumber
	docField    = "docs"  // cited documents: key, label and type, for completion
)

// makeEntries analyses the changes on all processors; a deletion gives nil.
func makeEntries(ctx context.Context, changes map[string]bulletin.Change) (map[string]*entry, error) {
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		first error
		out   = make(map[string]*entry, len(changes))
		work  = make(chan bulletin.Change)
	)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for c := range work {
				e, err := makeEntry(c)
				mu.Lock()
				out[c.ID] = e
				if err != nil && first == nil {
					first = err
				}
				mu.Unlock()
			}
		})
	}
	for _, c := range changes {
		if ctx.Err() != nil {
			break
		}
		work <- c
	}
	close(work)
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return out, first
}

func makeEntry(c bulletin.Change) (*entry, error) {
	if c.Bulletin == nil {
		return nil, nil
	}
	d := index.DocumentOf(c)
	stored, err := encodeDocument(d)
	if err != nil {
		return nil, err
	}
	e := &entry{id: d.ID}
	e.fields = append(e.fields, &field{name: storedField, value: stored, options: bleve.StoreField})
	for _, f := range index.TextFields {
		e.addText(f, d.Text(f))
	}
	for _, f := range index.Fields() {
		e.addTerms(string(f), d.Values(f)...)
	}
	for _, f := range index.Marks() {
		e.addTerms(string(f), d.Values(f)...)
	}
	if d.Group != d.ID {
		e.addTerms(groupField, d.Group)
	}
	e.addTerms(stemField, index.Stems(d.Cites)...)
	for _, c := range d.Cites {
		e.addTerms(docField, c.Key+"\x00"+c.Label+"\x00"+c.Type)
	}
	e.addNumber(dateField, dateNumber(d.Published))
	return e, nil
}

func (e *entry) addText(where index.TextField, text string) {
	for s, counted := range analyse(text) {
		s := stream(s)
		freqs := make(bleve.TokenFrequencies, len(counted.tf))
		slab := make([]bleve.TokenFreq, len(counted.tf))
		var over []string
		for t, code := range counted.tf {
			if s == bi {
				slab[0].SetFrequency(int(code))
			}
			freqs[t], slab = &slab[0], slab[1:]
			if n := counted.of(t); n > 1 {
				over = append(over, bitTerms(t, n)...)
			}
		}
		e.addPlaces(where, counted.places, freqs)
		e.fields = append(e.fields, &field{name: streamField(s, where), options: bleve.IndexField, tokens: freqs})
		e.addTerms(frequencyField(s, where), over...)
		e.addNumber(lengthField(s, where), uint64(counted.length))
	}
}

// addPlaces adds the places of bigrams that their codes in freqs do not hold.
func (e *entry) addPlaces(where index.TextField, places map[string][]int, freqs bleve.TokenFrequencies) {
	beside := bleve.TokenFrequencies{}
	for t, all := range places {
		codes := pages(all)
		if codes == nil {
			freqs[t].SetFrequency(unwritten)
		}
		for suffix, code := range codes {
			f := new(bleve.TokenFreq)
			f.SetFrequency(int(code))
			beside[t+suffix] = f
		}
	}
	if len(beside) > 0 {
		e.fields = append(e.fields, &field{name: placesField(where), options: bleve.IndexField, tokens: beside})
	}
}

// addTerms adds whole values that are matched and counted, never scored.
func (e *entry) addTerms(name string, values ...string) {
	if len(values) == 0 {
		return
	}
	freqs := make(bleve.TokenFrequencies, len(values))
	for _, v := range values {
		freqs[v] = new(bleve.TokenFreq)
	}
	e.fields = append(e.fields, &field{name: name, options: bleve.IndexField | bleve.SkipFreqNorm, tokens: freqs})
}

// addNumber adds a number as its digits in base 1,024, each a term of its own
// field, so that a column can be built back from few and long posting lists.
// Zero has no digits.
func (e *entry) addNumber(name string, v uint64) {
	for d := 0; v > 0; d++ {
		if low := v % digitBase; low > 0 {
			e.addTerms(digitField(name, d), string([]byte{byte(low >> 8), byte(low)}))
		}
		v /= digitBase
	}
}

const (
	digitBase = 1024
	maxDigits = 4
)

func digitField(name string, digit int) string { return name + "." + string(rune('0'+digit)) }

// The rest makes entry a bleve Document and field a bleve Field.

func (e *entry) ID() string                                 { return e.id }
func (e *entry) Size() int                                  { return 0 }
func (e *entry) VisitComposite(bleve.CompositeFieldVisitor) {}
func (e *entry) HasComposite() bool                         { return false }
func (e *entry) NumPlainTextBytes() uint64                  { return 0 }
func (e *entry) StoredFieldsBytes() uint64                  { return 0 }
func (e *entry) Indexed() bool                              { return true }

func (e *entry) VisitFields(visit bleve.FieldVisitor) {
	for _, f := range e.fields {
		visit(f)
	}
}

func (e *entry) AddIDField() {
	e.fields = append([]*field{{
		name: "_id", value: []byte(e.id), options: bleve.IndexField | bleve.StoreField,
		tokens: bleve.TokenFrequencies{e.id: once()},
	}}, e.fields...)
}

func once() *bleve.TokenFreq {
	f := new(bleve.TokenFreq)
	f.SetFrequency(1)
	return f
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() bleve.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.tokens }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// AnalyzedLength is 1, which scorch writes beside every posting: the true
// lengths have columns of their own.
func (f *field) AnalyzedLength() int { return 1 }
