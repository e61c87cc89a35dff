package mo.farol.web;

import io.javalin.http.Context;
import java.util.function.BooleanSupplier;

/** Whether the caller of a request would still be let in, for answers that take long. */
public final class Admission {
  private static final String ATTRIBUTE = "farol.admission";

  private Admission() {}

  /** Asks anew each time, without counting as use. Any thread. */
  public static BooleanSupplier of(Context context) {
    BooleanSupplier admission = context.attribute(ATTRIBUTE);
    if (admission == null) {
      throw new IllegalStateException("nobody was let in here");
    }
    return admission;
  }

  static void put(Context context, BooleanSupplier admission) {
    context.attribute(ATTRIBUTE, admission);
  }
}
