// Command bantin harvests, archives, indexes and searches the bulletins of
// Vietnam's provinces.
package main

func main() {}
