package mo.farol.page;

import io.javalin.http.Context;
import java.util.List;
import mo.farol.playbook.Playbook;
import mo.farol.playbook.Playbooks;
import mo.farol.web.Refused;

/** The library of playbooks, and the page of keys. */
public final class PlaybooksPage {
  /** What the list's template shows. */
  public record View(Shell shell, List<Playbook> playbooks, List<Playbooks.Refusal> refusals) {}

  /** What one playbook's template shows. */
  public record One(Shell shell, Playbook playbook) {}

  /** What the page of keys shows. */
  public record Help(Shell shell) {}

  private final Playbooks playbooks;

  PlaybooksPage(Playbooks playbooks) {
    this.playbooks = playbooks;
  }

  void list(Context context) {
    Templates.show(
        context,
        "playbooks",
        new View(
            Shell.of(context, "playbooks", Shell.words(context).get("playbooks.title")),
            playbooks.all(),
            playbooks.refusals()));
  }

  void show(Context context) {
    var playbook =
        playbooks
            .get(context.pathParam("id"))
            .orElseThrow(
                () -> new Refused(404, "No such playbook", "The library has none of this id."));
    Templates.show(
        context, "playbook", new One(Shell.of(context, "playbooks", playbook.name()), playbook));
  }

  void help(Context context) {
    Templates.show(
        context,
        "help",
        new Help(Shell.of(context, "help", Shell.words(context).get("help.title"))));
  }
}
