package mo.farol.ledger;

import java.util.Optional;
import mo.farol.alert.Alert;

/**
 * An alert with what people made of it.
 *
 * @param alert as detected; its status is the person's
 * @param assignee who took it
 * @param verdict what it was found to be
 * @param reason why it was closed
 * @param incident the incident it belongs to
 */
public record AlertRow(
    Alert alert,
    Optional<String> assignee,
    Optional<Verdict> verdict,
    Optional<String> reason,
    Optional<String> incident) {}
