package io.tapeline.stack;

import java.util.List;
import java.util.Locale;

/** Each figure as a share of its aim, on a logarithmic scale: what ends before the line is met. */
record BenchPlot(List<Aim.Outcome> outcomes) {
  private static final int ROW = 20;
  private static final int LABELS = 330;
  private static final int WIDTH = 900;

  /** The shares at the two ends. */
  private static final double LEAST = 0.01;

  private static final double MOST = 100;
  private static final String MET = "#2e7d4f";
  private static final String MISSED = "#b3452c";

  String svg() {
    var shown = outcomes.stream().filter(outcome -> outcome.value().isPresent()).toList();
    int height = ROW * (shown.size() + 2);
    var svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
            .formatted(WIDTH, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (int i = 0; i < shown.size(); i++) svg.append(row(shown.get(i), ROW * i));
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%1$.0f\" x2=\"%1$.0f\" y1=\"0\" y2=\"%2$d\" stroke=\"#222\"/><text x=\"%1$.0f\" y=\"%3$d\" text-anchor=\"middle\">the aim</text>\n</svg>\n",
            x(1),
            ROW * shown.size(),
            ROW * shown.size() + 15));
    return svg.toString();
  }

  private static String row(Aim.Outcome outcome, int y) {
    double end = x(outcome.share().orElse(LEAST));
    var aim = outcome.aim();
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s: %s</text><rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"12\" fill=\"%s\"/><text x=\"%.0f\" y=\"%d\">%s</text>%n",
        LABELS - 6,
        y + 15,
        aim.part(),
        aim.what().replace("&", "&amp;").replace("<", "&lt;"),
        LABELS,
        y + 5,
        end - LABELS,
        outcome.isMet() ? MET : MISSED,
        end + 5,
        y + 15,
        Aim.number(outcome.value().orElse(0.0)) + ' ' + aim.unit());
  }

  private static double x(double share) {
    double at = Math.log(Math.clamp(share, LEAST, MOST) / LEAST) / Math.log(MOST / LEAST);
    return LABELS + 2 + at * (WIDTH - LABELS - 130);
  }
}
