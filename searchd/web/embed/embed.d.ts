// Types of the module that defines <bantin-search>.

/** What of a search is offered while one types. */
export type BantinMode = "suggest" | "results" | "both";

/** detail of the event bantin-search: an answer came and is shown. */
export interface BantinSearchDetail {
  query: string;
  /** Bulletins found; 0 in mode "suggest" while there are suggestions. */
  total: number;
  /** No bulletin has all the words: these are the nearest. */
  relaxed: boolean;
  suggestions: number;
  results: number;
}

/** detail of the event bantin-select, which preventDefault() keeps from navigating. */
export interface BantinSelectDetail {
  kind: "suggestion" | "result" | "all";
  url: string;
  text: string;
  query: string;
}

/** detail of the event bantin-error; the form goes on working. */
export interface BantinErrorDetail {
  query: string;
  /** Status of the answer, 0 when there was none. */
  status: number;
  message: string;
}

export declare class BantinSearch extends HTMLElement {
  /** Puts the cursor into the box. */
  focus(options?: FocusOptions): void;
  /** Empties the box and closes its list. */
  clear(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "bantin-search": BantinSearch;
  }
  interface HTMLElementEventMap {
    "bantin-search": CustomEvent<BantinSearchDetail>;
    "bantin-select": CustomEvent<BantinSelectDetail>;
    "bantin-error": CustomEvent<BantinErrorDetail>;
  }
}
