package mo.farol.search;

import java.util.List;

/**
 * Most frequent values of a field.
 *
 * @param field ECS name; empty where the values are themselves names of fields
 * @param values most frequent first
 * @param withField events that have the field at all
 * @param total events that matched the query
 * @param exact whether everything was looked at, and every value found room in memory
 */
public record TopValues(
    String field, List<Value> values, long withField, long total, boolean exact) {
  /** One value and how many events have it. */
  public record Value(String value, long count) {}

  public TopValues {
    values = List.copyOf(values);
  }
}
