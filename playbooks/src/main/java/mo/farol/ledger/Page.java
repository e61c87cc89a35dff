package mo.farol.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param items in the list's order
 * @param next cursor of what comes after, empty at the end
 * @param total items of the whole list
 */
public record Page<T>(List<T> items, Optional<String> next, long total) {
  public Page {
    items = List.copyOf(items);
  }
}
