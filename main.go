// Command bantin harvests, archives, indexes and searches the bulletins of
// Vietnam's provinces.
package main

import (
	"os"

	"bantin/command"
)

func main() { os.Exit(command.Main()) }
