namespace Orchestrator.Cli.Doctors;

/// <param name="Healthy">Whether nothing failed.</param>
internal sealed record DoctorReport(bool Healthy, IReadOnlyList<DoctorCheck> Checks);
