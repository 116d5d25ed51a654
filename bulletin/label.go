package bulletin

// ParseLabel reads one document as a person types it, 73-NQ/TU or Luật Mặt
// trận Tổ quốc Việt Nam, and nothing else.
func ParseLabel(s string) (Citation, bool) {
	found := ReadCitations("", s, CitationContext{})
	if len(found) != 1 {
		return Citation{}, false
	}
	return found[0], true
}
