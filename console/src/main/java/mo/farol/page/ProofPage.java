package mo.farol.page;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Supplier;
import mo.farol.health.Health;
import mo.farol.health.LastBackup;
import mo.farol.proof.Standing;
import mo.farol.seal.Removal;
import mo.farol.store.Mending;
import mo.farol.web.Caller;

/** How what can be proven stands: what an outsider would ask, for people of the whole centre. */
public final class ProofPage {
  private static final int REMOVALS = 50;
  private static final int WRONGS = 20;

  /**
   * What the template shows.
   *
   * @param removals the newest of them
   * @param backup what the home remembers of backups
   * @param mendings days of the index that are or were made again, the newest first
   */
  public record View(
      Shell shell,
      Standing standing,
      List<Removal> removals,
      LastBackup backup,
      List<Mending> mendings) {
    /** One word for all of it: {@code broken}, {@code late}, {@code none}, {@code whole}. */
    public String state() {
      if (standing.isBroken()) {
        return "broken";
      }
      if (standing.isLate() || standing.isStumbling() && standing.unsealed() > 0) {
        return "late";
      }
      return standing.head().isEmpty() ? "none" : "whole";
    }

    /** The first of what is wrong. */
    public List<String> wrongs() {
      return standing.wrong().stream().limit(WRONGS).toList();
    }

    /** How much more is wrong. */
    public int more() {
      return Math.max(0, standing.wrong().size() - WRONGS);
    }

    /** Beginning of a hash, for eyes. */
    public static String brief(String hash) {
      return hash.substring(0, 12) + "…";
    }
  }

  private final Supplier<Standing> standing;
  private final Health health;

  ProofPage(Supplier<Standing> standing, Health health) {
    this.standing = standing;
    this.health = health;
  }

  void show(Context context) {
    Caller.of(context).mustBeOfCentre();
    var now = standing.get();
    var removals = now.removals().subList(0, Math.min(REMOVALS, now.removals().size()));
    Templates.show(
        context,
        "proof",
        new View(
            Shell.of(context, "proof", Shell.words(context).get("proof.title")),
            now,
            removals,
            health.backups().last(),
            health.mendings().get().reversed()));
  }
}
