package mo.farol.playbook;

import mo.farol.sigma.Level;

/**
 * A step somebody can do now.
 *
 * @param incident id of the case
 * @param title of the case
 * @param severity of the case
 * @param agency of the case
 * @param run id of the run
 * @param playbook name of the playbook
 * @param step the open step
 */
public record Task(
    String incident,
    String title,
    Level severity,
    String agency,
    String run,
    String playbook,
    StepRun step) {}
