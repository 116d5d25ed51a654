package diff

// Bounds of one comparison: the edits after which a stretch is cut at the best
// place found so far instead of the best there is, and the steps after which
// what is left counts as changed.
const (
	maxEdits = 256
	maxSteps = 20_000_000
)

// alignment finds what two sequences have in common: E. Myers, "An O(ND)
// Difference Algorithm and Its Variations" (1986), in linear space, its search
// cut short as GNU diff and xdiff do.
type alignment struct {
	a, b      []int32
	gone      []bool // elements of a that b lacks
	added     []bool // elements of b that a lacks
	fore, aft []int  // furthest places on each diagonal, from either end
	steps     int    // left
}

func align(a, b []int32) *alignment {
	diagonals := len(a) + len(b) + 3
	l := &alignment{
		a: a, b: b, gone: make([]bool, len(a)), added: make([]bool, len(b)),
		fore: make([]int, diagonals), aft: make([]int, diagonals), steps: maxSteps,
	}
	l.run(stretch{0, len(a), 0, len(b)})
	return l
}

// stretch is a[fromA:toA] beside b[fromB:toB].
type stretch struct{ fromA, toA, fromB, toB int }

func (l *alignment) run(s stretch) {
	for s.fromA < s.toA && s.fromB < s.toB && l.a[s.fromA] == l.b[s.fromB] {
		s.fromA++
		s.fromB++
	}
	for s.fromA < s.toA && s.fromB < s.toB && l.a[s.toA-1] == l.b[s.toB-1] {
		s.toA--
		s.toB--
	}
	if s.fromA == s.toA || s.fromB == s.toB || l.steps <= 0 {
		for i := s.fromA; i < s.toA; i++ {
			l.gone[i] = true
		}
		for i := s.fromB; i < s.toB; i++ {
			l.added[i] = true
		}
		return
	}
	x, y := l.split(s)
	l.run(stretch{s.fromA, x, s.fromB, y})
	l.run(stretch{x, s.toA, y, s.toB})
}

// reach is the state of one split: the diagonals reached from either end.
type reach struct {
	stretch
	low, high      int // diagonals that cross the stretch
	foreLo, foreHi int
	aftLo, aftHi   int
}

const far = 1 << 40

// split returns a place on a shortest way through s or, past maxEdits, on a way
// that comes far.
func (l *alignment) split(s stretch) (x, y int) {
	first, last := s.fromA-s.fromB, s.toA-s.toB
	v := reach{s, s.fromA - s.toB, s.toA - s.fromB, first, first, last, last}
	*l.at(l.fore, first), *l.at(l.aft, last) = s.fromA, s.toA
	odd := (first-last)%2 != 0
	for range maxEdits {
		if d, met := l.forward(&v, odd); met {
			x = *l.at(l.fore, d)
			return x, x - d
		}
		if d, met := l.backward(&v, !odd); met {
			x = *l.at(l.aft, d)
			return x, x - d
		}
		if l.steps <= 0 {
			break
		}
	}
	return l.furthest(v)
}

// at is the place of a diagonal in one of the tables.
func (l *alignment) at(table []int, d int) *int { return &table[d+len(l.b)+1] }

// forward goes one edit further from the start on every diagonal.
func (l *alignment) forward(v *reach, meets bool) (int, bool) {
	if v.foreLo > v.low {
		v.foreLo--
		*l.at(l.fore, v.foreLo-1) = -1
	} else {
		v.foreLo++
	}
	if v.foreHi < v.high {
		v.foreHi++
		*l.at(l.fore, v.foreHi+1) = -1
	} else {
		v.foreHi--
	}
	for d := v.foreHi; d >= v.foreLo; d -= 2 {
		x := max(*l.at(l.fore, d-1)+1, *l.at(l.fore, d+1))
		from := x
		for x < v.toA && x-d < v.toB && l.a[x] == l.b[x-d] {
			x++
		}
		l.steps -= x - from + 1
		*l.at(l.fore, d) = x
		if meets && v.aftLo <= d && d <= v.aftHi && *l.at(l.aft, d) <= x {
			return d, true
		}
	}
	return 0, false
}

// backward goes one edit further from the end.
func (l *alignment) backward(v *reach, meets bool) (int, bool) {
	if v.aftLo > v.low {
		v.aftLo--
		*l.at(l.aft, v.aftLo-1) = far
	} else {
		v.aftLo++
	}
	if v.aftHi < v.high {
		v.aftHi++
		*l.at(l.aft, v.aftHi+1) = far
	} else {
		v.aftHi--
	}
	for d := v.aftHi; d >= v.aftLo; d -= 2 {
		x := min(*l.at(l.aft, d-1), *l.at(l.aft, d+1)-1)
		from := x
		for x > v.fromA && x-d > v.fromB && l.a[x-1] == l.b[x-d-1] {
			x--
		}
		l.steps -= from - x + 1
		*l.at(l.aft, d) = x
		if meets && v.foreLo <= d && d <= v.foreHi && x <= *l.at(l.fore, d) {
			return d, true
		}
	}
	return 0, false
}

// furthest returns the place that came furthest from its end.
func (l *alignment) furthest(v reach) (x, y int) {
	start, end := v.fromA+v.fromB, v.toA+v.toB
	best := 0
	for d := v.foreHi; d >= v.foreLo; d -= 2 {
		at := min(*l.at(l.fore, d), v.toA, v.toB+d)
		if came := at + at - d - start; came > best {
			best, x, y = came, at, at-d
		}
	}
	for d := v.aftHi; d >= v.aftLo; d -= 2 {
		at := max(*l.at(l.aft, d), v.fromA, v.fromB+d)
		if came := end - (at + at - d); came > best {
			best, x, y = came, at, at-d
		}
	}
	return x, y
}
