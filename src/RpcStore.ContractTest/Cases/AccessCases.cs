using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Cases;

/// <summary>
/// A method asked for by everybody: who may not use it is refused, the others are let in. The parameters are impossible, and
/// access is checked before them, so that the call does nothing either way.
/// </summary>
internal static class AccessCases
{
    /// <summary>The error for a guest who would need an account.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>The error for an account that would need another role.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The cases of a method; none when the document does not say who may use it.</summary>
    public static IEnumerable<TestCase> Of(ContractDocument document, DocumentMethod method) =>
        method.Access is { } access ? Enum.GetValues<CallerRole>().Select(role => Make(document, method, access, role)) : [];

    private static TestCase Make(ContractDocument document, DocumentMethod method, CallerRole access, CallerRole role)
    {
        var parameters = ViolationCases.Impossible(method);
        if (role >= access)
        {
            return new TestCase(method, CaseKind.Access, $"{NameOf(role)} is let in", parameters, new EntryExpectation()) { As = role };
        }

        var name = role == CallerRole.Guest ? Unauthenticated : Forbidden;
        var error = document.FindError(name) ?? throw new ContractDocumentException($"{method.Name} is not for everybody, and there is no error '{name}'");
        return new TestCase(method, CaseKind.Access, $"{NameOf(role)} is refused", parameters, new ErrorExpectation(error, ("access", NameOf(access))))
        {
            As = role,
            Error = error,
        };
    }

    private static string NameOf(CallerRole role) => role.ToString().ToLowerInvariant();
}
