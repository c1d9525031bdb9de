"""What a model learns from: the delays of an airport in a month, and how they went on."""

import featureform as ff

delays = ff.get_source("departure_delays", "monthly")
trends = ff.get_source("delay_trends", "monthly")


@ff.entity
class Airport:
    mean_delay = ff.Feature(
        delays[["airport", "mean_delay", "month"]],
        variant="monthly",
        type=ff.Float64,
        description="Minutes a departure was late on average",
    )
    departures = ff.Feature(
        delays[["airport", "departures", "month"]],
        variant="monthly",
        type=ff.Int64,
        description="Departures in a month",
    )
    late_change = ff.Label(
        trends[["airport", "change", "month"]],
        variant="monthly",
        type=ff.Float64,
        description="How the share of late departures changed against the month before",
    )


ff.register_training_set(
    name="late_departures",
    variant="monthly",
    label=("late_change", "monthly"),
    features=[("mean_delay", "monthly"), ("departures", "monthly")],
)
