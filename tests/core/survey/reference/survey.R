# What R's survey package finds in the invented survey of people.py. Run by hand: Rscript survey.R FOLDER
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
people <- read.csv(file.path(folder, "sample.csv"))
margins <- read.csv(file.path(folder, "margins.csv"))
known <- function(name) {
  rows <- margins[margins$margin == name, ]
  setNames(data.frame(rows$code, rows$total), c(name, "Freq"))
}
for (name in c("kind", "job", "age")) people[[name]] <- factor(people[[name]])
people$w <- people$known / people$drawn
people$beginner <- as.numeric(people$level <= 1)
plain <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, fpc = ~known, data = people)
raked <- rake(plain, list(~kind, ~job, ~age), list(known("kind"), known("job"), known("age")),
              control = list(maxit = 1000, epsilon = 1e-10))
totals <- c(`(Intercept)` = sum(known("kind")$Freq))
for (name in c("kind", "job", "age")) {
  rows <- known(name)[-1, ]
  totals <- c(totals, setNames(rows$Freq, paste0(name, rows[[name]])))
}
calibrated <- calibrate(plain, ~kind + job + age, totals, calfun = "raking", epsilon = 1e-12, maxit = 200)
bounded <- calibrate(plain, ~kind + job + age, totals, calfun = "raking", bounds = c(0.65, 1.5), epsilon = 1e-12, maxit = 500)
out <- list()
say <- function(design, what, group, level, value, se, lower = NA, upper = NA) {
  out[[length(out) + 1]] <<-
    data.frame(design, what, group, level, value = as.numeric(value), se = as.numeric(se), lower, upper)
}
for (name in c("plain", "raked", "calibrated")) {
  whole <- get(name)
  for (unit in c(-1, sort(unique(people$unit)))) {
    design <- if (unit < 0) whole else eval(bquote(subset(whole, unit == .(unit))))
    freedom <- degf(design)
    found <- svymean(~score, design)
    ends <- confint(found, df = freedom)
    say(name, "mean", unit, -1, coef(found), SE(found), ends[1], ends[2])
    found <- svytotal(~score, design)
    say(name, "total", unit, -1, coef(found), SE(found))
    for (level in 0:4) {
      found <- svymean(eval(bquote(~I(as.numeric(level == .(level))))), design)
      say(name, "share", unit, level, coef(found), SE(found))
      found <- svytotal(eval(bquote(~I(as.numeric(level == .(level))))), design)
      say(name, "count", unit, level, coef(found), SE(found))
    }
    found <- svyciprop(~beginner, design, method = "beta")
    say(name, "beginner", unit, -1, as.numeric(found), sqrt(attr(found, "var")), attr(found, "ci")[1], attr(found, "ci")[2])
  }
}
options(survey.lonely.psu = "adjust")
few <- people[!duplicated(people$stratum) | people$stratum > 2, ]
few$drawn <- ave(few$w, few$stratum, FUN = length)
few$w <- few$known / few$drawn
lonely <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, fpc = ~known, data = few)
found <- svymean(~score, lonely)
say("lonely", "mean", -1, -1, coef(found), SE(found))
write.csv(do.call(rbind, out), file.path(folder, "expected.csv"), row.names = FALSE, quote = FALSE)
weights <- data.frame(raked = weights(raked), calibrated = weights(calibrated), bounded = weights(bounded))
write.csv(format(weights, digits = 10), file.path(folder, "weights.csv"), row.names = FALSE, quote = FALSE)
