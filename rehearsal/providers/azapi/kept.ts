/** What azapi has Terraform keep with a resource that it has taken over from another provider and not read yet. */
export const movedMark = 'moved';
