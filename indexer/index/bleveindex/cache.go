package bleveindex

import (
	"container/list"
	"sync"
)

// cache keeps what was derived from a segment for one term or phrase, the
// lately used up to so many bytes.
type cache struct {
	mu    sync.Mutex
	limit int
	used  int
	byKey map[cacheKey]*list.Element
	order list.List // of *cached, latest first
}

type cacheKey struct {
	columns *columns
	field   string
	term    string // or the phrase
}

// sized knows the bytes it takes.
type sized interface{ size() int }

type cached struct {
	key   cacheKey
	value sized
	size  int
}

func newCache(limit int) *cache {
	if limit <= 0 {
		limit = 512 << 20
	}
	return &cache{limit: limit, byKey: map[cacheKey]*list.Element{}}
}

// get returns nil when there is nothing.
func (c *cache) get(k cacheKey) sized {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[k]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(*cached).value
	}
	return nil
}

func (c *cache) put(k cacheKey, v sized) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[k]; e != nil {
		c.drop(e)
	}
	item := &cached{k, v, v.size() + len(k.term)}
	if item.size > c.limit {
		return
	}
	c.byKey[k] = c.order.PushFront(item)
	for c.used += item.size; c.used > c.limit; {
		c.drop(c.order.Back())
	}
}

func (c *cache) drop(e *list.Element) {
	item := c.order.Remove(e).(*cached)
	delete(c.byKey, item.key)
	c.used -= item.size
}

// keep drops what belongs to segments that are no more.
func (c *cache) keep(segments []*segment) {
	alive := map[*columns]bool{}
	for _, s := range segments {
		alive[s.columns] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.order.Front(); e != nil; {
		next := e.Next()
		if !alive[e.Value.(*cached).key.columns] {
			c.drop(e)
		}
		e = next
	}
}
