package mo.farol.ledger;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /**
   * A page out of rows of which one more than wanted was asked for: the surplus one says that more
   * come.
   */
  public static <T> Page<T> cut(List<T> found, int limit, long total, Function<T, Cursor> place) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty(), total);
    }
    var items = found.subList(0, limit);
    return new Page<>(items, Optional.of(place.apply(items.getLast()).toString()), total);
  }
}
