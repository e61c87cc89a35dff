package mo.farol.saved;

/** What people come back to. */
public record Shelf(SavedSearches saved, SearchHistory history) implements AutoCloseable {
  /** Before the ledger is. */
  @Override
  public void close() {
    history.close();
  }
}
