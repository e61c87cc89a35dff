package mo.farol.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mo.farol.doctor.Remark.Level;
import org.jspecify.annotations.Nullable;

/** Gathers what was found. For one thread. */
final class Remarks {
  /** Looks at one thing. */
  interface Look {
    void at(Remarks remarks) throws IOException;
  }

  private final List<Remark> all = new ArrayList<>();

  /** Looks; where that fails, it is said, and what comes next is looked at all the same. */
  void look(String about, Look look) {
    try {
      look.at(this);
    } catch (IOException | RuntimeException e) {
      fail(about, "can't be looked at: %s; see that it is there and yours to read", said(e));
    }
  }

  void ok(String about, String format, @Nullable Object... arguments) {
    add(Level.OK, about, format, arguments);
  }

  void warn(String about, String format, @Nullable Object... arguments) {
    add(Level.WARN, about, format, arguments);
  }

  void fail(String about, String format, @Nullable Object... arguments) {
    add(Level.FAIL, about, format, arguments);
  }

  List<Remark> all() {
    return List.copyOf(all);
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need a library for a check
  private void add(Level level, String about, String format, @Nullable Object... arguments) {
    all.add(new Remark(level, about, format.formatted(arguments)));
  }

  private static String said(Exception e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof IOException ? e.getClass().getSimpleName() + ": " + message : message;
  }
}
