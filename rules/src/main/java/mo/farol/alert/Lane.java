package mo.farol.alert;

/**
 * What never mixes: agencies, imports, drills.
 *
 * @param agency agency id, or {@link Alert#NATIONAL}
 * @param lane empty for live traffic, else the import's id
 * @param exercise drill data
 */
record Lane(String agency, String lane, boolean exercise) {
  Lane national() {
    return new Lane(Alert.NATIONAL, lane, exercise);
  }

  boolean isNational() {
    return agency.equals(Alert.NATIONAL);
  }
}
