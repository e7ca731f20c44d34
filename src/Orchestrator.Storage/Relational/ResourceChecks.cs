using Orchestrator.Storage.Submissions;

namespace Orchestrator.Storage.Relational;

/// <summary>The resources that submissions name, looked up once.</summary>
internal sealed class ResourceChecks
{
    private readonly Dictionary<string, int> _most;

    private ResourceChecks(Dictionary<string, int> most) => _most = most;

    public static async Task<ResourceChecks> ReadAsync(Session session, IEnumerable<Submission> submissions)
    {
        var names = submissions.SelectMany(submission => submission.Tasks).SelectMany(task => task.Resources.Keys).ToHashSet();
        var found = names.Count == 0
            ? []
            : await session.QueryAsync(
                "find_resource_bounds",
                static row => (Name: row.Text("name"), Most: row.Integer("most")),
                Parameter.TextList("@names", names)).ConfigureAwait(false);
        return new ResourceChecks(found.ToDictionary(row => row.Name, row => row.Most, StringComparer.Ordinal));
    }

    /// <summary>What no resource could ever give.</summary>
    public IReadOnlyList<InvalidResource> Check(Submission submission)
    {
        var problems = new List<InvalidResource>();
        for (var index = 0; index < submission.Tasks.Count; index++)
        {
            foreach (var (name, amount) in submission.Tasks[index].Resources)
            {
                if (!_most.TryGetValue(name, out var most))
                {
                    problems.Add(new InvalidResource(index, name, null));
                }
                else if (amount > most)
                {
                    problems.Add(new InvalidResource(index, name, most));
                }
            }
        }

        return problems;
    }
}
