package mo.farol.web;

import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import mo.farol.search.Asker;

/** Who asks a search, from a request. */
public final class Askers {
  private Askers() {}

  /** Its caller, for as long as the client waits; operators of the whole centre oversee all. */
  public static Asker of(Context context) {
    return asker(context, Presence.hasLeft(context));
  }

  /** Its caller, who sees only their own searches. */
  public static Asker own(Context context) {
    return new Asker(Caller.of(context).who(), false, Presence.hasLeft(context));
  }

  /** Its caller, until the line ends, or its reader leaves or is no longer let in. */
  public static Asker following(Context context) {
    return asker(context, Tails.isOver(context));
  }

  private static Asker asker(Context context, BooleanSupplier hasLeft) {
    var caller = Caller.of(context);
    boolean oversees = caller.person().role().mayOperate() && caller.person().agency().isEmpty();
    return new Asker(caller.who(), oversees, hasLeft);
  }
}
