package mo.farol.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import mo.farol.alert.Alert;
import mo.farol.event.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A condition of a query with its values. It begins with a scope, so that none is built without
 * one. Columns and conditions are ours, values are bound and never spelled into the SQL.
 */
public final class Where {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private Where(String sql) {
    this.sql.append(sql);
  }

  /** Rows whose {@code agency} the scope sees. */
  public static Where seen(Scope scope) {
    return switch (scope) {
      case Scope.National _ -> new Where("1 = 1");
      case Scope.Agencies(var ids) ->
          new Where("1 = 1")
              .in("agency", ids.stream().sorted().toList())
              .and("agency <> ?", Alert.NATIONAL);
    };
  }

  /**
   * Whether a scope sees what belongs to this agency. What is {@link Alert#NATIONAL} only the
   * centre's own people see, whatever an agency may be called.
   */
  public static boolean sees(Scope scope, String agency) {
    return scope.sees(agency)
        && (scope instanceof Scope.National || !agency.equals(Alert.NATIONAL));
  }

  /** And this condition too; one value for each question mark. */
  public Where and(String condition, Object... bound) {
    sql.append(" and (").append(condition).append(')');
    values.addAll(Arrays.asList(bound));
    return this;
  }

  /** And the column has one of these values; of none, nothing is found. */
  public Where in(String column, Collection<String> of) {
    String marks = String.join(", ", Collections.nCopies(of.size(), "?"));
    return and(of.isEmpty() ? "1 = 0" : column + " in (" + marks + ")", of.toArray());
  }

  /** And this text is part of the expression, in any case of letters; blank text is part of all. */
  public Where andText(String lowerCase, String text) {
    String part = text.strip().toLowerCase(Locale.ROOT);
    return part.isEmpty() ? this : and("instr(" + lowerCase + ", ?) > 0", part);
  }

  /**
   * A query with this condition.
   *
   * @param before what stands before the word {@code where}
   * @param after what stands after the condition, with its own values
   */
  public Query query(Handle h, String before, String after, Object... bound) {
    var query = h.createQuery(before + " where " + sql + " " + after);
    int place = 0;
    for (Object value : values) {
      query.bind(place++, value);
    }
    for (Object value : bound) {
      query.bind(place++, value);
    }
    return query;
  }

  /** How many rows of a table match. */
  public long count(Handle h, String table) {
    return query(h, "select count(*) from " + table, "").mapTo(Long.class).one();
  }
}
