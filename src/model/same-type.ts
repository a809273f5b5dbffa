/** Lets the compiler prove that a declared schema and the type of the model agree. Types only. */

/** Everything readonly, as the model has it. */
type Deep<T> = T extends readonly (infer Item)[]
  ? readonly Deep<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Deep<T[Key]> }
    : T;
/** Without it a property that is optional in the one and unknown to the other would go unnoticed. */
type AllRequired<T> = T extends readonly (infer Item)[]
  ? readonly AllRequired<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: AllRequired<T[Key]> }
    : T;
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

export type Same<A, B> = Mutual<Deep<A>, Deep<B>> extends true ? Mutual<AllRequired<A>, AllRequired<B>> : false;
/** `Holds<Same<A, B>>` is a type error when they differ. */
export type Holds<T extends true> = T;
