package mo.farol.store;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.LeafReader;

/** One key of a grouping: its columns, and what its codes stand for. */
sealed interface GroupKey {
  Column column(LeafReader reader) throws IOException;

  /** The same for {@link DenseCounts}, where each event of the segment has one value at most. */
  Optional<DenseCounts.Axis> axis(Segment segment) throws IOException;

  Cell cell(long code);

  int compare(long code, long second);

  static GroupKey of(Key key, Budget budget) {
    return switch (key) {
      case Key.Value(var field) -> new OfField(field, new Dictionary(budget), budget);
      case Key.Bin(var width) -> new OfTime(width);
    };
  }

  /** Values of a field, as codes of a dictionary. */
  record OfField(String field, Dictionary values, Budget budget) implements GroupKey {
    @Override
    public Column column(LeafReader reader) throws IOException {
      return Columns.of(field, reader, values, budget);
    }

    @Override
    public Optional<DenseCounts.Axis> axis(Segment segment) throws IOException {
      return DenseAxes.facet(field, segment, values);
    }

    @Override
    public Cell cell(long code) {
      return code == GroupKeys.ABSENT ? Cell.Empty.EMPTY : values.cell(code);
    }

    @Override
    public int compare(long code, long second) {
      return code == GroupKeys.ABSENT || second == GroupKeys.ABSENT
          ? Long.compare(code, second)
          : values.compare(code, second);
    }
  }

  /** Starts of spans of time. */
  record OfTime(long widthMicros) implements GroupKey {
    @Override
    public Column column(LeafReader reader) throws IOException {
      return Columns.time(reader, micros -> Math.floorDiv(micros, widthMicros) * widthMicros);
    }

    @Override
    public Optional<DenseCounts.Axis> axis(Segment segment) throws IOException {
      return DenseAxes.time(segment, widthMicros);
    }

    @Override
    public Cell cell(long code) {
      return new Cell.Time(code);
    }

    @Override
    public int compare(long code, long second) {
      return Long.compare(code, second);
    }
  }
}
