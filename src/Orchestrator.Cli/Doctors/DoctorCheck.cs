using System.Text.Json.Serialization;

namespace Orchestrator.Cli.Doctors;

/// <summary>One thing that was looked at.</summary>
/// <param name="Status"><c>ok</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Fix">What to do about it; null where nothing is to be done.</param>
internal sealed record DoctorCheck(string Name, string Status, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fix = null)
{
    public const string Good = "ok";
    public const string Doubtful = "warn";
    public const string Bad = "fail";

    public static DoctorCheck Ok(string name, string message) => new(name, Good, message);

    public static DoctorCheck Warn(string name, string message, string fix) => new(name, Doubtful, message, fix);

    public static DoctorCheck Fail(string name, string message, string fix) => new(name, Bad, message, fix);
}
