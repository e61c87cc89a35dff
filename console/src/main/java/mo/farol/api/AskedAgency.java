package mo.farol.api;

import io.javalin.http.Context;
import mo.farol.account.Agencies;
import mo.farol.event.Agency;
import mo.farol.web.Caller;

/** The agency a path names, where the caller's scope sees it. */
final class AskedAgency {
  private AskedAgency() {}

  /** Refuses with 404 what the scope does not see, as what is not there. */
  static Agency of(Context context, Agencies agencies) {
    String id = context.pathParam("id");
    return agencies.all(Caller.of(context).scope()).stream()
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Answers.missing("agency"));
  }
}
