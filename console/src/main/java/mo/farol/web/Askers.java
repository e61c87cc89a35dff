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

  /** The same for a tail: until its line ends, or its reader is no longer let in. */
  public static Asker following(Context context) {
    return asker(context, Tails.isOver(context));
  }

  private static Asker asker(Context context, BooleanSupplier hasLeft) {
    var person = Caller.of(context).person();
    boolean oversees = person.role().mayOperate() && person.agency().isEmpty();
    return new Asker(person.name(), oversees, hasLeft);
  }
}
