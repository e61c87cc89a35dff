package mo.farol.saved;

/** What people come back to. */
public record Shelf(SavedSearches saved, SearchHistory history) {}
