package mo.farol.store;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/** A measure of the values of one column. */
abstract class ColumnTally extends Tally {
  /** Makes the column of a segment. */
  interface Source {
    Column of(LeafReader reader) throws IOException;
  }

  private final Source source;
  private @Nullable Column column;

  ColumnTally(Source source) {
    this.source = source;
  }

  @Override
  void open(Segment segment) throws IOException {
    column = source.of(segment.reader());
  }

  @Override
  Stream<Column> columns() {
    return Stream.of(column());
  }

  @Override
  void open(Slots slots, Deadline deadline) throws IOException {
    column().open(slots, deadline);
  }

  @Override
  void load(int doc, int slot) throws IOException {
    column().load(doc, slot);
  }

  @Override
  void add(int group) throws IOException {
    var values = column();
    for (int i = 0; i < values.size(); i++) {
      add(group, values.code(i));
    }
  }

  /** Adds a value of the match stood on. */
  abstract void add(int group, long code) throws IOException;

  final Column column() {
    return Objects.requireNonNull(column, "no segment was opened");
  }
}
